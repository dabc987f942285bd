import type { Container } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import { allFunctions, pfOf, type Attachment, type HostSnapshot } from '../../model/snapshot';
import { vfLabel } from '../../planning/resolve';

/**
 * `reserved`: it is on the host, and something there stands on it, or it is kept for a container. `gone`: it has a driver, but its network device is
 * nowhere that we can look.
 */
export type VfState = 'free' | 'attached' | 'vfio' | 'reserved' | 'gone';

export function vfState(vf: VirtualFunction): VfState {
  switch (vf.holder.kind) {
    case 'container':
    case 'netns':
      return 'attached';
    case 'vfio':
      return 'vfio';
    case 'host':
      return vf.master !== null || vf.protectedBecause.length > 0 || vf.keptFor !== undefined
        ? 'reserved'
        : 'free';
    case 'none':
      return vf.driver === null ? 'free' : 'gone';
  }
}

/** A container or a namespace has it, be it a VF or a whole adapter. */
export const isAway = ({ holder }: Pick<VirtualFunction, 'holder'>): boolean =>
  holder.kind === 'container' || holder.kind === 'netns';

export const isInUse = (vf: VirtualFunction): boolean => vfState(vf) !== 'free';

/** It could be attached now. */
export const isAttachable = (vf: VirtualFunction): boolean => vfState(vf) === 'free' && vf.name !== null;

export const attachmentOf = (snapshot: HostSnapshot, pci: string): Attachment | undefined =>
  snapshot.attachments.find(({ vf }) => vf === pci);

/** Who holds a function, as the snapshot's containers know it: a container, or a named namespace. */
export const holderOf = (
  snapshot: HostSnapshot,
  vf: Pick<VirtualFunction, 'holder'>,
): Container | undefined =>
  vf.holder.containerId !== null
    ? snapshot.containers.find(({ id }) => id === vf.holder.containerId)
    : snapshot.containers.find(
        ({ netnsInode }) => netnsInode !== null && netnsInode === vf.holder.netnsInode,
      );

/** `VF 3 of enp1s0`, or `enp1s0` for an adapter as a whole. */
export function vfTitle(snapshot: HostSnapshot, vf: VirtualFunction): string {
  const pf = pfOf(snapshot, vf) ?? snapshot.pfs.find(({ pci }) => pci === vf.pci);
  return pf ? vfLabel(pf, vf) : vf.pci;
}

/** The same, from its PCI address. */
export function functionTitle(snapshot: HostSnapshot, pci: string): string {
  const found = allFunctions(snapshot).find((one) => one.pci === pci);
  return found ? vfTitle(snapshot, found) : pci;
}
