import { l10n } from 'vscode';
import type { Kept, KeptRun } from '../../../model/lasting/kept';
import { isRefusal } from '../../../model/plan';
import type { HostSnapshot } from '../../../model/snapshot';
import { keptChoices } from '../../changes/choices';
import { tellRefusal } from '../../changes/tell';
import { lines } from '../../hostText';
import { keptLabel, pin, whoText } from '../../tree/keptState';
import { choose } from '../choose';
import type { Handler } from '../command';
import { keptIn, targetOf } from '../target';

/** What the host's journal has of the last runs of an attachment that lasts, as a document. */
export const showKeptLog: Handler = async (workbench, item) => {
  const { host, dialogs, documents } = workbench;
  const { control, snapshot } = host;
  if (!control || !snapshot) return;
  const target = targetOf(workbench, item, undefined);
  const kept = await choose(workbench, target, keptIn(target, snapshot), {
    title: l10n.t('Show Log of Last Runs'),
    ...keptChoices(snapshot, l10n.t('Pick the VF whose log to show')),
  });
  if (!kept) return;
  const runs = await dialogs.reading('sriov.adapters', () => control.keptRuns(kept.intent));
  if (isRefusal(runs)) return tellRefusal(workbench, runs);
  const { intent } = kept;
  const now = host.snapshot ?? snapshot;
  const latest = now.kept.find((one) => one.intent.id === intent.id) ?? kept;
  await documents.show({
    scheme: 'sriov-inspect',
    name: `${intent.id}.log`,
    text: lines(textOf(now, latest, runs)),
    language: 'plaintext',
  });
};

function textOf(snapshot: HostSnapshot, kept: Kept, runs: KeptRun[]): string {
  const { intent } = kept;
  return [
    l10n.t('{0} for {1} ({2}), there as {3}', keptLabel(snapshot, intent), whoText(intent.container), intent.engine, intent.inside), // prettier-ignore
    pin(snapshot, kept).words,
    '',
    ...(runs.length === 0
      ? [l10n.t('The journal of the host has no run of it.')]
      : [l10n.t('Last runs, newest first:'), ...runs.map(({ at, said }) => `${at}  ${said}`).reverse()]),
    '',
  ].join('\n');
}
