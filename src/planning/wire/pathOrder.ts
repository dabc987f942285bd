import { inNetwork, isIP, sameAddress } from '../../model/addresses/ip';
import type { PathOrder, PathTarget } from '../../model/wire/path';
import { refuse, type Refusal } from '../../model/plan';
import { vfAt, type HostSnapshot } from '../../model/snapshot';
import type { OnWire } from './onWire';

/** So many are asked at once. */
const mostTargets = 2;

/** What is checked of an interface: as it was seen, with whom it should reach. */
export function pathOrder(snapshot: HostSnapshot, wire: OnWire, gateway?: string): PathOrder | Refusal {
  if (gateway !== undefined && !isIP(gateway)) return refuse('invalid', `"${gateway}" is not an IP address.`);
  const { label, device, namespace, pf, vf, container, inside } = wire;
  const addresses = (inside?.addresses ?? vf?.addresses ?? []).filter((one) => !/^fe80:/i.test(one));
  const path = namespace?.path ?? '';
  const enter =
    container?.engine === 'netns' ? ['ip', 'netns', 'exec', container.name] : ['nsenter', `--net=${path}`];
  return {
    ...{ label, device, addresses, enter: namespace ? enter : [] },
    mtu: inside?.mtu ?? vf?.mtu ?? 1500,
    targets: (gateway === undefined ? known(snapshot, wire, addresses) : [gateway])
      .filter((one, index, all) => all.indexOf(one) === index)
      .slice(0, mostTargets)
      .map((address) => target(snapshot, addresses, address)),
    ...(pf && vf && pf.pci !== vf.pci && pf.name !== null && pf.holder.kind === 'host'
      ? { pf: { pci: pf.pci, name: pf.name }, vf: { pci: vf.pci, index: vf.index } }
      : {}),
  };
}

const target = (snapshot: HostSnapshot, addresses: string[], address: string): PathTarget => {
  const at = ownerOf(snapshot, address);
  return { address, isNear: addresses.some((cidr) => inNetwork(address, cidr)), ...(at ? { at } : {}) };
};

/** Its gateways; where it has none, another container in one of its networks. */
function known(
  snapshot: HostSnapshot,
  { container, device, namespace }: OnWire,
  addresses: string[],
): string[] {
  const hosts = snapshot.links.find(({ name }) => namespace === null && name === device)?.routes ?? [];
  const gateways = [...(container?.routes ?? []), ...hosts].flatMap((route) =>
    route.device === device && route.gateway !== null && isIP(route.gateway) ? [route.gateway] : [],
  );
  if (gateways.length > 0) return gateways;
  return snapshot.containers
    .filter(({ id }) => id !== container?.id)
    .flatMap(({ interfaces }) => interfaces)
    .filter(({ vf, up }) => vf !== null && up)
    .flatMap((one) => one.addresses.map((cidr) => cidr.split('/')[0] ?? ''))
    .filter((address) => addresses.some((cidr) => inNetwork(address, cidr) && !sameAddress(address, cidr)))
    .slice(0, 1);
}

/** The VF of a container that has an address. */
function ownerOf(snapshot: HostSnapshot, address: string): PathTarget['at'] {
  for (const { name, interfaces } of snapshot.containers)
    for (const one of interfaces) {
      const vf = vfAt(snapshot, one.vf)?.vf;
      if (vf && one.addresses.some((cidr) => sameAddress(cidr, address)))
        return { label: `${name}:${one.name}`, vlan: vf.vlan?.id ?? null };
    }
  return undefined;
}
