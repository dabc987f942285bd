import { l10n } from 'vscode';
import { change } from '../../changes/change';
import { pfChoices } from '../../changes/choices';
import { choose } from '../choose';
import type { Handler } from '../command';
import { pfsIn, targetOf } from '../target';

export const removeVfs: Handler = async (workbench, item) => {
  const { snapshot } = workbench.host;
  if (!snapshot) return;
  const target = targetOf(workbench, item, undefined);
  const pf = await choose(workbench, target, pfsIn(target, snapshot), {
    title: l10n.t('Remove All VFs'),
    ...pfChoices(snapshot, ({ vfs }) => vfs.length > 0),
    none: l10n.t('No adapter has VFs.'),
  });
  if (pf) await change(workbench, [{ kind: 'set-vfs', pf: pf.pci, count: 0 }]);
};
