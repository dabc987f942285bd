import type { Container } from '../model/container';
import type { PciAddress } from '../model/functions';
import { sameAddress } from '../model/addresses/ip';
import { vfAt, type HostSnapshot } from '../model/snapshot';

/** What will get the addresses, where, and in which VLAN; `null` if unknown. */
interface Wanted {
  container: Container;
  addresses: string[];
  /** The function that moves, taking its current addresses along; absent for a macvlan. */
  goes?: PciAddress;
  vlan: number | null;
}

/** Who already has one of the addresses, on the host or in another container, unless another VLAN keeps the two apart. */
export function addressDoubts(snapshot: HostSnapshot, wanted: Wanted): string[] {
  if (wanted.addresses.length === 0) return [];
  const all = [...onHost(snapshot, wanted), ...inContainers(snapshot, wanted)];
  return wanted.addresses.flatMap((cidr) =>
    all
      .filter(({ addresses }) => addresses.some((other) => sameAddress(cidr, other)))
      .filter(({ vf }) => !isApart(snapshot, vf, wanted))
      .map(
        ({ owner, device }) =>
          `${owner} already has the address ${ip(cidr)} on ${device}; duplicate addresses are not reachable reliably.`,
      ),
  );
}

interface Holder {
  owner: string;
  device: string;
  /** That it is of, in a container. */
  vf: PciAddress | null;
  addresses: string[];
}

const onHost = ({ links }: HostSnapshot, { goes }: Wanted): Holder[] =>
  links
    .filter(({ pci }) => pci === null || pci !== goes)
    .map(({ name, addresses }) => ({ owner: 'The host', device: name, vf: null, addresses }));

/** Containers that share a namespace are named once. */
function inContainers(snapshot: HostSnapshot, wanted: Wanted): Holder[] {
  const seen = new Set([wanted.container.netnsInode, snapshot.host.netnsInode]);
  return snapshot.containers.flatMap(({ name: owner, netnsInode, interfaces }) => {
    if (seen.has(netnsInode)) return [];
    seen.add(netnsInode);
    return interfaces
      .filter((one) => one.vf === null || one.vf !== wanted.goes)
      .map(({ name: device, vf, addresses }) => ({ owner, device, vf, addresses }));
  });
}

function isApart(snapshot: HostSnapshot, pci: PciAddress | null, { vlan }: Wanted): boolean {
  const other = vfAt(snapshot, pci)?.vf.vlan?.id;
  return vlan !== null && other !== undefined && other !== vlan;
}

const ip = (cidr: string): string => cidr.split('/')[0] ?? '';
