import { l10n } from 'vscode';
import { isRefusal } from '../../../model/plan';
import { askAttachment } from '../../changes/attachWizard';
import { attachedVfChoices } from '../../changes/choices';
import { tellRefusal } from '../../changes/tell';
import { vfState, vfTitle } from '../../tree/vfState';
import { attachAs } from './attach';
import { choose } from '../choose';
import type { Handler } from '../command';
import { plainContainer, targetOf, vfsIn } from '../target';

/** Takes a VF from the container that has it and gives it to another one, in one change. */
export const move: Handler = async (workbench, item) => {
  const { host, dialogs } = workbench;
  const { snapshot } = host;
  if (!snapshot) return;
  const target = targetOf(workbench, item, undefined);
  const vfs = vfsIn(target, snapshot);
  const to = plainContainer(target, snapshot);
  if (to && isRefusal(to)) return tellRefusal(workbench, to);
  const vf = await choose(workbench, target, vfs, {
    title: l10n.t('Move to Container'),
    ...attachedVfChoices(snapshot, l10n.t('Pick the VF to move')),
    none: l10n.t('No VF is attached.'),
  });
  if (!vf) return;
  if (vfState(vf) !== 'attached')
    return void dialogs.tell(
      'error',
      l10n.t('{0} is not in a container; attach it instead.', vfTitle(snapshot, vf)),
    );
  await attachAs(workbench, await askAttachment(dialogs, snapshot, { vf, container: to, move: true }));
};
