import { l10n } from 'vscode';
import { isRefusal } from '../../../model/plan';
import type { ChangeRequest } from '../../../model/request';
import { change } from '../../changes/change';
import { returnedVfChoices } from '../../changes/choices';
import { choose } from '../choose';
import type { Handler } from '../command';
import { targetOf, vfsIn } from '../target';

/** Puts VFs right that came back from containers that ended: detaching one of these is just that. */
export const restore: Handler = async (workbench, item, items) => {
  const { snapshot } = workbench.host;
  if (!snapshot) return;
  const target = targetOf(workbench, item, items);
  const found = vfsIn(target, snapshot);
  const several = target.given && !isRefusal(found) && found.length > 1 ? found : undefined;
  const one =
    several ??
    (await choose(workbench, target, found, {
      title: l10n.t('Restore'),
      ...returnedVfChoices(snapshot),
      none: l10n.t('No VF needs to be restored.'),
    }));
  const vfs = one === undefined ? [] : [one].flat();
  await change(
    workbench,
    vfs.map(({ pci }): ChangeRequest => ({ kind: 'detach', vf: pci })),
  );
};
