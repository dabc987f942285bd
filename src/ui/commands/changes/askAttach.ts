import { l10n } from 'vscode';
import type { Container } from '../../../model/container';
import type { VirtualFunction } from '../../../model/functions';
import { isRefusal } from '../../../model/plan';
import { wholePf, type HostSnapshot } from '../../../model/snapshot';
import { unfitContainer } from '../../../planning/attachments/unfitContainer';
import { askAttachment, type Asked } from '../../changes/attachWizard';
import { tellRefusal } from '../../changes/tell';
import { freeVfChoices } from '../../changes/choices';
import type { Offers } from '../../changes/startingPoints/startingPoints';
import { holderName } from '../../tree/vfRow';
import { vfState, vfTitle } from '../../tree/vfState';
import type { Workbench } from '../../workbench';
import type { Unavailable } from '../availability';
import { busyReason, tellObstacle, withoutTarget } from './obstacles';
import { containersIn, pfsIn, vfsIn, type Target } from '../target';

/**
 * Asks for an attachment: the target of the command is known, the rest is asked for. Says so before the first
 * question if it isn't possible anyway.
 */
export async function askAttach(workbench: Workbench, target: Target): Promise<Asked | undefined> {
  const { host, dialogs } = workbench;
  const { snapshot } = host;
  if (!snapshot) return undefined;
  const vfs = vfsIn(target, snapshot);
  const containers = containersIn(target, snapshot);
  if (isRefusal(vfs)) return void tellRefusal(workbench, vfs);
  if (isRefusal(containers)) return void tellRefusal(workbench, containers);
  const known = { vf: only(vfs), container: only(containers) };
  if (target.given && !known.vf && !known.container)
    return void dialogs.tell('error', l10n.t('The selected item no longer exists.'));
  const obstacle = obstacleTo(snapshot, known);
  if (!obstacle) return askAttachment(dialogs, snapshot, known, offersOf(workbench, snapshot));
  return void tellObstacle(workbench, obstacle);
}

/**
 * The same, asking what the container gets as well: of the adapter or VF that the command was called on, else of one that is
 * picked.
 */
export async function askAttachForm(workbench: Workbench, target: Target): Promise<Asked | undefined> {
  const { host, dialogs } = workbench;
  const { snapshot } = host;
  if (!snapshot) return undefined;
  const [vfs, pfs] = [vfsIn(target, snapshot), pfsIn(target, snapshot)];
  const containers = containersIn(target, snapshot);
  for (const refusal of [vfs, pfs, containers])
    if (isRefusal(refusal)) return void tellRefusal(workbench, refusal);
  const whole = isRefusal(pfs) ? [] : pfs.map((pf) => wholePf(pf, snapshot));
  const base = only([...(isRefusal(vfs) ? [] : vfs), ...whole]);
  const container = only(isRefusal(containers) ? [] : containers);
  if (target.given && !base && !container)
    return void dialogs.tell('error', l10n.t('The selected item no longer exists.'));
  const obstacle = obstacleToForm(snapshot, base, container);
  if (obstacle !== undefined) return void dialogs.tell('error', obstacle);
  return askAttachment(dialogs, snapshot, { container, forms: true, base });
}

function obstacleToForm(
  snapshot: HostSnapshot,
  base: VirtualFunction | undefined,
  container: Container | undefined,
): string | undefined {
  if (base && vfState(base) === 'attached')
    return l10n.t('{0} is in {1}; detach it first.', vfTitle(snapshot, base), holderName(snapshot, base));
  if (base && (base.name === null || base.holder.kind !== 'host'))
    return l10n.t('{0} has no network device on the host to attach.', vfTitle(snapshot, base));
  if (!base && snapshot.pfs.length === 0) return l10n.t('This host has no SR-IOV adapter.');
  return (
    (container && unfitContainer(snapshot, container)?.reason) ??
    withoutTarget(snapshot, container ? [container] : [])?.reason
  );
}

const offersOf = ({ remembered, settings }: Workbench, { host }: HostSnapshot): Offers => ({
  last: (container) => remembered.of(host.id, container),
  presets: settings().presets,
});

const only = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

function obstacleTo(
  snapshot: HostSnapshot,
  { vf, container }: { vf?: VirtualFunction; container?: Container },
): Unavailable | undefined {
  const busy = vf && busyReason(snapshot, vf);
  if (vf && busy !== undefined)
    return vfState(vf) === 'attached' ? { reason: busy, remedy: moveIt } : { reason: busy };
  const unfit = container && unfitContainer(snapshot, container);
  if (unfit) return { reason: unfit.reason };
  if (!vf && freeVfChoices(snapshot).choices.length === 0)
    return {
      reason: l10n.t('No VF is free.'),
      remedy: { title: l10n.t('Set Number of VFs…'), command: 'sriov.pf.setVfCount' },
    };
  return withoutTarget(snapshot, container ? [container] : []);
}

const moveIt = { title: l10n.t('Move to Container…'), command: 'sriov.vf.move' };
