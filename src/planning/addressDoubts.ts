import type { Container, ContainerInterface } from '../model/container';
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
  const all = [...onHost(snapshot, wanted), ...inContainers(snapshot, wanted)];
  return wanted.addresses.flatMap((cidr) =>
    all
      .filter(({ addresses }) => addresses.some((other) => sameAddress(cidr, other)))
      .map(
        ({ owner, device }) =>
          `${owner} already has the address ${ip(cidr)} on ${device}; duplicate addresses are not reachable reliably.`,
      ),
  );
}

interface Holder {
  owner: string;
  device: string;
  addresses: string[];
}

const onHost = ({ links }: HostSnapshot, { goes }: Wanted): Holder[] =>
  links
    .filter(({ pci }) => pci === null || pci !== goes)
    .map(({ name, addresses }) => ({ owner: 'The host', device: name, addresses }));

/** Containers that share a namespace are named once. */
const inContainers = (snapshot: HostSnapshot, wanted: Wanted): Holder[] =>
  snapshot.containers
    .filter(
      ({ netnsInode }, at, all) =>
        netnsInode !== wanted.container.netnsInode &&
        netnsInode !== snapshot.host.netnsInode &&
        all.findIndex((other) => other.netnsInode === netnsInode) === at,
    )
    .flatMap(({ name: owner, interfaces }) =>
      interfaces
        .filter((one) => one.vf === null || one.vf !== wanted.goes)
        .filter((one) => !isApart(snapshot, one, wanted))
        .map(({ name: device, addresses }) => ({ owner, device, addresses })),
    );

function isApart(snapshot: HostSnapshot, { vf: pci }: ContainerInterface, { vlan }: Wanted): boolean {
  const other = vfAt(snapshot, pci)?.vf.vlan?.id;
  return vlan !== null && other !== undefined && other !== vlan;
}

const ip = (cidr: string): string => cidr.split('/')[0] ?? '';
