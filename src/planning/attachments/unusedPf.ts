import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal, refuse, type Refusal } from '../../model/plan';
import { wholePf, type HostSnapshot } from '../../model/snapshot';
import { resolvePf } from '../resolve';

/** A PF that a container may have for itself: not protected, even if forced, and with no VF in use. */
export function unusedPf(
  snapshot: HostSnapshot,
  given: string,
): { pf: PhysicalFunction; vf: VirtualFunction } | Refusal {
  const pf = resolvePf(snapshot, given);
  if (isRefusal(pf)) return pf;
  const label = pf.name ?? pf.pci;
  if (pf.protectedBecause.length > 0)
    return refuse(
      'protected',
      `${label} is protected: ${pf.protectedBecause.join('; ')}. A protected adapter can't be attached as a whole.`,
    );
  // A VF that is up loses its link with the PF, and igbvf then waits for the PF with the lock of all network devices held.
  const used = pf.vfs.filter(
    ({ holder, driver, up, master }) =>
      ['container', 'netns', 'vfio'].includes(holder.kind) ||
      (holder.kind === 'none' && driver !== null) ||
      up ||
      master !== null,
  );
  if (used.length > 0)
    return refuse(
      'in-use',
      `${label} has VFs in use (${used.map(({ index, name, holder }) => `VF ${index}: ${holder.name ?? name ?? holder.kind}`).join(', ')}); detach them and bring them down first.`,
    );
  return { pf, vf: wholePf(pf, snapshot) };
}
