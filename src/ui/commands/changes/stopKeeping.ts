import { l10n } from 'vscode';
import type { Kept } from '../../../model/lasting/kept';
import { isRefusal } from '../../../model/plan';
import type { HostSnapshot } from '../../../model/snapshot';
import { stateOf } from '../../../planning/kept/stateOf';
import { change } from '../../changes/change';
import { keptChoices } from '../../changes/choices';
import { endingOf } from '../../changes/keepRequest';
import { back } from '../../dialogs/dialogs';
import { keptLabel, whoText } from '../../tree/keptState';
import type { Workbench } from '../../workbench';
import { choose } from '../choose';
import type { Handler } from '../command';
import { keptIn, targetOf } from '../target';

/** Ends attachments that last; what is attached now may stay until its container stops, or be detached as well. */
export const stopKeeping: Handler = async (workbench, item, items) => {
  const { snapshot } = workbench.host;
  if (!snapshot) return;
  const target = targetOf(workbench, item, items);
  const found = keptIn(target, snapshot);
  const several = target.given && !isRefusal(found) && found.length > 1 ? found : undefined;
  const one =
    several ??
    (await choose(workbench, target, found, {
      title: l10n.t('Stop Keeping'),
      ...keptChoices(snapshot, l10n.t('Pick the VF to stop keeping')),
    }));
  const ending = one === undefined ? [] : [one].flat();
  if (ending.length === 0) return;
  const attached = ending.filter((kept) => stateOf(snapshot, kept).state === 'attached');
  const detaches = attached.length === 0 ? 'no' : await askWhether(workbench, snapshot, ending, attached);
  if (detaches === undefined) return;
  const ids = ending.map(({ intent }) => intent.id);
  await change(workbench, endingOf(ids, detaches === 'too' ? attached.map(({ intent }) => intent.vf) : []));
};

async function askWhether(
  { dialogs }: Workbench,
  snapshot: HostSnapshot,
  ending: Kept[],
  [first, ...others]: Kept[],
): Promise<'no' | 'too' | undefined> {
  if (!first) return 'no';
  const [one] = ending;
  const answer = await dialogs.pick<'no' | 'too'>({
    title:
      one && ending.length === 1
        ? l10n.t('Stop Keeping {0} for {1}', keptLabel(snapshot, one.intent), whoText(one.intent.container))
        : l10n.t('Stop Keeping {0} VFs', ending.length),
    placeholder: l10n.t('And what is attached now?'),
    choices: [
      {
        label: l10n.t('Leave It Attached'),
        description: l10n.t('until the container stops'),
        icon: 'plug',
        value: 'no',
      },
      {
        label: l10n.t('Detach It, Too'),
        description:
          others.length === 0
            ? l10n.t('{0} is back on the host at once', first.intent.hostName)
            : l10n.t('{0} VFs are back on the host at once', others.length + 1),
        icon: 'debug-disconnect',
        value: 'too',
      },
    ],
  });
  return answer === back ? undefined : answer;
}
