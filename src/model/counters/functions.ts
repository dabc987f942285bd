import type { Holder, PciAddress } from '../functions';
import type { HostSnapshot } from '../snapshot';

/** What counting needs to know about a PF or VF. */
export interface CountedFunction {
  pci: PciAddress;
  name: string | null;
  holder: Holder;
}

/** Every adapter with its VFs. */
export const functionsIn = ({ pfs }: Pick<HostSnapshot, 'pfs'>): CountedFunction[] =>
  pfs.flatMap((pf) => [pf, ...pf.vfs]);
