import type { PciAddress } from '../functions';
import { functionsIn } from './functions';
import type { HostSnapshot } from '../snapshot';

/** `no-device`: it has no visible device, for example because a driver for programs has it; its adapter may still count for it. */
export type Uncounted = 'no-device' | 'needs-root';

/** Why the counters of a function's device can't be read where it is; undefined if they can. */
export function whyUncounted(snapshot: HostSnapshot, pci: PciAddress): Uncounted | undefined {
  const holder = functionsIn(snapshot).find((one) => one.pci === pci)?.holder;
  if (!holder || holder.kind === 'vfio' || holder.kind === 'none') return 'no-device';
  return holder.kind !== 'host' && !snapshot.host.user.isRoot ? 'needs-root' : undefined;
}
