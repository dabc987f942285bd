import type { PhysicalFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';

/** The nodes of functions have the ids of their rows. */
export const pfId = ({ host }: HostSnapshot, { pci }: { pci: string }): string => `${host.id}/pf/${pci}`;
export const vfId = ({ host }: HostSnapshot, { pci }: { pci: string }): string => `${host.id}/vf/${pci}`;

/** Where an adapter is plugged in: at a NUMA node, else in the machine. */
export const placeId = ({ host }: HostSnapshot, { numaNode }: PhysicalFunction): string =>
  `${host.id}/numa/${numaNode === null || numaNode < 0 ? '' : numaNode}`;
