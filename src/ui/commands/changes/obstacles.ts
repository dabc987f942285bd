import { l10n } from 'vscode';
import type { VirtualFunction } from '../../../model/functions';
import type { HostSnapshot } from '../../../model/snapshot';
import { unfitContainer } from '../../../planning/attachments/unfitContainer';
import { offer, running } from '../../changes/tell';
import { holderName } from '../../tree/vfRow';
import { isAttachable, vfState, vfTitle } from '../../tree/vfState';
import type { Workbench } from '../../workbench';
import type { Unavailable } from '../availability';

/** Why nothing can be attached, known before the first question. */
export const tellObstacle = (workbench: Workbench, { reason, remedy }: Unavailable): void =>
  offer(workbench, 'error', reason, running(workbench, remedy ? [remedy] : []));

/** Why a VF can't be attached. The planner refuses a protected one, since that can be overruled. */
export function busyReason(snapshot: HostSnapshot, vf: VirtualFunction): string | undefined {
  const title = vfTitle(snapshot, vf);
  if (isAttachable(vf) || vfState(vf) === 'reserved') return undefined;
  if (vfState(vf) === 'attached')
    return l10n.t('{0} is already in {1}; detach it first, or move it.', title, holderName(snapshot, vf));
  if (vfState(vf) === 'vfio')
    return l10n.t('{0} is bound to {1}; it has no network device to attach.', title, vf.driver ?? 'vfio');
  return l10n.t('{0} has no network device to attach.', title);
}

/** No container is chosen, and none could be. */
export const withoutTarget = (snapshot: HostSnapshot, chosen: readonly unknown[]): Unavailable | undefined =>
  chosen.length === 0 && snapshot.containers.every((one) => unfitContainer(snapshot, one))
    ? { reason: noneFits }
    : undefined;

const noneFits = l10n.t('No container can use a VF: it must be running and have its own network namespace.');
