import type { Container } from '../model/container';
import type { PciAddress, VirtualFunction } from '../model/functions';
import { sameAddress } from '../model/addresses/ip';
import { allFunctions, pfOf, type HostSnapshot } from '../model/snapshot';
import { normalMac, noMac } from '../model/values';
import { vfLabel } from './resolve';

/**
 * What is wrong with a MAC that something else on the host's adapters has: frames for it would reach one of the two. `own` is
 * the function that is to get it; a macvlan is none.
 */
export function takenMacProblem(snapshot: HostSnapshot, given: string, own?: PciAddress): string | undefined {
  const mac = normalMac(given);
  const holders = allFunctions(snapshot).filter((vf) => macOf(vf) === mac);
  // Two that have it already are ports of one bond.
  if (mac === noMac || holders.some(({ pci }) => pci === own)) return undefined;
  const macvlan = snapshot.macvlans.find((other) => other.mac === mac);
  const [owner] = [
    ...holders.map((vf) => label(snapshot, vf)),
    ...(macvlan ? [`A macvlan of ${macvlan.container.name}`] : []),
  ];
  return owner && `${owner} already has the MAC ${mac}; choose another one.`;
}

/** What is in effect; of a VF whose own side can't be seen, what its PF enforces. */
const macOf = ({ mac, adminMac }: VirtualFunction): string | null => mac ?? adminMac;

const label = (snapshot: HostSnapshot, vf: VirtualFunction): string => {
  const pf = pfOf(snapshot, vf) ?? snapshot.pfs.find(({ pci }) => pci === vf.pci);
  return pf ? vfLabel(pf, vf) : vf.pci;
};

/** What is wrong with the addresses of a new interface: the container has one of them on another one. */
export function takenAddressProblem(
  { name, interfaces }: Container,
  addresses: readonly string[],
): string | undefined {
  const held = interfaces.flatMap((other) => other.addresses);
  const taken = addresses.find((address) => held.some((other) => sameAddress(other, address)));
  return taken && `${name} already has the address ${taken}.`;
}
