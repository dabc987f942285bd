import { l10n } from 'vscode';
import type { VirtualFunction } from '../../../model/functions';
import { isRefusal } from '../../../model/plan';
import type { HostSnapshot } from '../../../model/snapshot';
import { askAttachment } from '../../changes/attachWizard';
import { attachedVfChoices } from '../../changes/choices';
import { askMoves } from '../../changes/several/move';
import { tellRefusal } from '../../changes/tell';
import { vfState, vfTitle } from '../../tree/vfState';
import { attachAs } from './attach';
import { attachAll } from './attachSeveral';
import { choose } from '../choose';
import type { Handler } from '../command';
import { containersIn, targetOf, vfsIn } from '../target';

/** Moves VFs from their containers to another one, each in one change. */
export const move: Handler = async (workbench, item, items) => {
  const { host, dialogs } = workbench;
  const { snapshot } = host;
  if (!snapshot) return;
  const target = targetOf(workbench, item, items);
  const vfs = vfsIn(target, snapshot);
  const containers = containersIn(target, snapshot);
  if (isRefusal(containers)) return tellRefusal(workbench, containers);
  const [to] = containers;
  if (!isRefusal(vfs) && vfs.length > 1) {
    const elsewhere = vfs.find((vf) => vfState(vf) !== 'attached');
    if (elsewhere) return void dialogs.tell('error', notAttached(snapshot, elsewhere));
    return attachAll(workbench, await askMoves(dialogs, snapshot, vfs, to));
  }
  const vf = await choose(workbench, target, vfs, {
    title: l10n.t('Move to Container'),
    ...attachedVfChoices(snapshot, l10n.t('Pick the VF to move')),
    none: l10n.t('No VF is attached.'),
  });
  if (!vf) return;
  if (vfState(vf) !== 'attached') return void dialogs.tell('error', notAttached(snapshot, vf));
  await attachAs(workbench, await askAttachment(dialogs, snapshot, { vf, container: to, move: true }));
};

const notAttached = (snapshot: HostSnapshot, vf: VirtualFunction): string =>
  l10n.t('{0} is not in a container; attach it instead.', vfTitle(snapshot, vf));
