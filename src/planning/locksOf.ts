import type { PhysicalFunction, VirtualFunction } from '../model/functions';
import type { Lock } from '../model/plan';

/** For a change of one VF: its own lock, and the PF's against a change of the VF count. For a whole PF: its lock. */
export const locksOf = (pf: PhysicalFunction, vf: VirtualFunction): Lock[] =>
  vf.pci === pf.pci
    ? [{ pci: pf.pci, mode: 'exclusive' }]
    : [
        { pci: pf.pci, mode: 'shared' },
        { pci: vf.pci, mode: 'exclusive' },
      ];
