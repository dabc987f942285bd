import { l10n } from 'vscode';
import { keptOf } from '../../../planning/kept/keptFor';
import { change } from '../../changes/change';
import { attachedVfChoices } from '../../changes/choices';
import { keptAsItIs } from '../../changes/keepRequest';
import { holderOf, isAway, vfTitle } from '../../tree/vfState';
import { choose } from '../choose';
import type { Handler } from '../command';
import { targetOf, vfsIn } from '../target';

/** Keeps a container's VF in it whenever it runs; a question shows what that installs. */
export const keep: Handler = async (workbench, item) => {
  const { host, dialogs } = workbench;
  const { snapshot } = host;
  if (!snapshot) return;
  const target = targetOf(workbench, item, undefined);
  const vf = await choose(workbench, target, vfsIn(target, snapshot), {
    title: l10n.t('Keep Attached'),
    ...attachedVfChoices(
      snapshot,
      l10n.t('Pick the VF to keep attached'),
      ({ pci }) => !keptOf(snapshot, pci),
    ),
    none: l10n.t('Every attached VF is kept already.'),
  });
  if (!vf) return;
  const container = isAway(vf) ? holderOf(snapshot, vf) : undefined;
  const request = container && keptAsItIs(snapshot, vf, container);
  if (!request)
    return void dialogs.tell(
      'error',
      l10n.t('{0} is in no container; choose “Attach and Keep” when you attach it.', vfTitle(snapshot, vf)),
    );
  await change(workbench, [request]);
};
