import type { PhysicalFunction } from '../model/functions';
import type { HostSnapshot } from '../model/snapshot';

/** The host relies on the link of this adapter. */
export const isUsed = (snapshot: HostSnapshot, pf: PhysicalFunction): boolean =>
  pf.protectedBecause.length > 0 ||
  snapshot.links.some(
    (link) =>
      (link.pci === pf.pci && (link.addresses.length > 0 || link.master !== null)) || link.lower === pf.name,
  );
