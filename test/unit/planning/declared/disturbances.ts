import type { VirtualFunction } from '../../../../src/model/functions';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { wholePf } from '../../../../src/model/snapshot';
import {
  bound,
  counted,
  inside,
  insideMacvlan,
  withoutMacvlans,
  restarted,
  routed,
  setFunction,
  toContainer,
  toHost,
} from './byHand';

export interface Disturbance {
  /** What somebody did. */
  what: string;
  /** How drift names it, in one of its lines. */
  named: RegExp;
  /** Undefined where there is nothing to do it to. */
  act: (now: HostSnapshot) => HostSnapshot | undefined;
}

type On = (now: HostSnapshot, vf: VirtualFunction) => HostSnapshot | undefined;

/** To the first function that is fit for it. */
const to =
  (isFit: (vf: VirtualFunction, now: HostSnapshot) => boolean, on: On): Disturbance['act'] =>
  (now) => {
    const all = now.pfs.flatMap((pf) => [...pf.vfs, wholePf(pf, now)]);
    const vf = all.find((one) => isFit(one, now));
    return vf && on(now, vf);
  };

const isVf = ({ index }: VirtualFunction) => index >= 0;
const isFree = ({ index, holder }: VirtualFunction) => index >= 0 && holder.kind === 'host';
const isIn = ({ holder }: VirtualFunction) => holder.kind === 'container' || holder.kind === 'netns';
const isInVf = (vf: VirtualFunction) => isVf(vf) && isIn(vf);
const isRich = (_: VirtualFunction, { pfs }: HostSnapshot) => pfs[0]!.driver === 'ice';
const hasIPv4 = (vf: VirtualFunction, now: HostSnapshot) =>
  isIn(vf) && !isByDhcp(vf, now) && vf.addresses.some((one) => one.includes('.'));
const isByDhcp = ({ pci }: VirtualFunction, { attachments }: HostSnapshot) =>
  attachments.some(({ vf, record }) => vf === pci && record.dhcp);
const ownRoutes = ({ pci }: VirtualFunction, { containers }: HostSnapshot) =>
  containers.flatMap(({ interfaces, routes }) =>
    routes.filter(({ device }) => interfaces.some(({ vf, name }) => vf === pci && name === device)),
  );
const others = (now: HostSnapshot, vf: VirtualFunction) =>
  now.containers.filter(({ name }) => name !== vf.holder.name);
const holders = (now: HostSnapshot) =>
  now.containers.filter(({ interfaces }) => interfaces.some(({ vf }) => vf !== null));

const set =
  (more: (vf: VirtualFunction) => Partial<VirtualFunction>): On =>
  (now, vf) =>
    setFunction(now, vf.pci, more(vf));
const vlan = (id: number, more: Partial<VirtualFunction['vlan']> = {}) => ({
  vlan: { id, qos: 0, proto: '802.1Q' as const, ...more },
});

/** Forty-six things that somebody may do to a host by hand. */
export const disturbances: Disturbance[] = [
  { what: 'another VLAN', named: /^VF \d+ of enp1s0: VLAN /, act: to(isVf, set(({ vlan: now }) => vlan((now?.id ?? 0) + 7))) },
  { what: 'its VLAN taken off', named: /: VLAN /, act: to((vf) => isVf(vf) && (vf.vlan?.id ?? 0) > 0, set(() => vlan(0))) },
  { what: 'another priority in its VLAN', named: /: VLAN /, act: to((vf) => isVf(vf) && (vf.vlan?.id ?? 0) > 0, set(({ vlan: now }) => vlan(now!.id, { qos: (now!.qos + 1) % 8 }))) },
  { what: 'another protocol of its VLAN', named: /: VLAN /, act: to((vf) => isVf(vf) && (vf.vlan?.id ?? 0) > 0, set(({ vlan: now }) => vlan(now!.id, { qos: now!.qos, proto: '802.1ad' }))) },
  { what: 'trust turned over', named: /: trust /, act: to(isVf, set(({ trust }) => ({ trust: !trust }))) },
  { what: 'spoof checking turned over', named: /: spoof check/, act: to(isVf, set(({ spoofchk }) => ({ spoofchk: !spoofchk }))) },
  { what: 'another rate limit', named: /: max rate|: maximum/, act: to(isVf, set(() => ({ maxTxRate: 77 }))) },
  { what: 'another guaranteed rate', named: /: min rate|: minimum/, act: to((vf, now) => isVf(vf) && isRich(vf, now), set(() => ({ minTxRate: 33 }))) },
  { what: 'another link state', named: /: link state /, act: to((vf, now) => isVf(vf) && isRich(vf, now), set(() => ({ linkState: 'disable' }))) },
  { what: 'another MTU of a free VF', named: /: MTU /, act: to(isFree, set(() => ({ mtu: 1280 }))) },
  { what: 'two settings of two VFs', named: /: trust /, act: (now) => { const [a, b] = now.pfs[0]!.vfs; return a && b && setFunction(setFunction(now, a.pci, { trust: !a.trust }), b.pci, vlan(99)); } },
  { what: 'every VF in another VLAN', named: /^VF 1 of enp1s0: VLAN /, act: (now) => now.pfs[0]!.vfs[1] && now.pfs[0]!.vfs.reduce((one, { pci }) => setFunction(one, pci, vlan(4000)), now) },

  { what: 'a free VF bound to vfio-pci', named: /: driver vfio-pci → /, act: to(isFree, (now, { pci }) => bound(now, pci, 'vfio-pci')) },
  { what: 'a free VF without a driver', named: /: driver none → /, act: to(isFree, (now, { pci }) => bound(now, pci, null)) },
  { what: 'one for programs without a driver', named: /: driver none → /, act: to(({ holder }) => holder.kind === 'vfio', (now, { pci }) => bound(now, pci, null)) },
  { what: 'one for programs back with its network driver', named: /: driver \w+ → vfio-pci/, act: to(({ holder }) => holder.kind === 'vfio', (now, { pci, index }) => setFunction(now, pci, { driver: 'igbvf', name: `enp1s0v${index}`, mtu: 1500, mac: `02:00:00:00:00:0${index}`, holder: { kind: 'host', containerId: null, netnsInode: null, name: null } })) },

  { what: 'all VFs gone', named: /^enp1s0: number of VFs /, act: (now) => (now.pfs[0]!.numVfs! > 0 ? counted(now, 0) : undefined) },
  { what: 'one VF only', named: /^enp1s0: number of VFs /, act: (now) => (now.pfs[0]!.numVfs! > 1 ? counted(now, 1) : undefined) },
  { what: 'one VF more', named: /^enp1s0: number of VFs /, act: (now) => (now.pfs[0]!.holder.kind === 'host' && now.pfs[0]!.numVfs! < 14 ? counted(now, now.pfs[0]!.numVfs! + 1) : undefined) },
  { what: 'all VFs made anew', named: /: (VLAN|attachment|driver|trust|spoof|MTU) /, act: (now) => (now.pfs[0]!.vfs.some((vf) => isIn(vf) || vf.vlan?.id || vf.trust || vf.holder.kind === 'vfio') ? counted(now, now.pfs[0]!.vfs.length) : undefined) },

  { what: 'moved back to the host', named: /: attachment /, act: to(isIn, (now, { pci }) => toHost(now, pci)) },
  { what: 'its container restarted', named: /: attachment /, act: (now) => holders(now)[0] && restarted(now, holders(now)[0]!.name) },
  { what: 'moved into another container', named: /: attachment /, act: to(isIn, (now, vf) => { const [other] = others(now, vf); return other && toContainer(now, vf.pci, other.name, 'net7'); }) },
  { what: 'a free VF put into a container of the file', named: /: attachment /, act: to((vf, now) => isFree(vf) && holders(now).length > 0, (now, { pci }) => toContainer(now, pci, holders(now)[0]!.name, 'net7')) },
  { what: 'two that changed places', named: /: attachment /, act: (now) => { const [a, b] = now.pfs[0]!.vfs.filter(isInVf); return a && b && a.holder.name !== b.holder.name ? toContainer(toContainer(now, a.pci, b.holder.name!, 'net7'), b.pci, a.holder.name!, 'net8') : undefined; } },
  { what: 'the VF beside it instead', named: /: attachment /, act: (now) => { const [a] = now.pfs[0]!.vfs.filter(isInVf); const b = now.pfs[0]!.vfs.find(isFree); return a && b && toContainer(toHost(now, a.pci), b.pci, a.holder.name!, a.name!); } },

  { what: 'renamed inside', named: /: name in /, act: to(isIn, (now, { pci }) => inside(now, pci, () => ({ name: 'renamed' }))) },
  { what: 'an address more', named: /: addresses in /, act: to((vf, now) => isIn(vf) && !isByDhcp(vf, now), (now, { pci }) => inside(now, pci, ({ addresses }) => ({ addresses: [...addresses, '198.51.100.9/24'] }))) },
  { what: 'all addresses gone', named: /: addresses in /, act: to(hasIPv4, (now, { pci }) => inside(now, pci, () => ({ addresses: [] }))) },
  { what: 'another address', named: /: addresses in /, act: to(hasIPv4, (now, { pci }) => inside(now, pci, () => ({ addresses: ['198.51.100.9/24'] }))) },
  { what: 'another prefix length', named: /: addresses in /, act: to(hasIPv4, (now, { pci }) => inside(now, pci, ({ addresses }) => ({ addresses: addresses.map((one) => one.replace('/24', '/25')) }))) },
  { what: 'its IPv6 address gone', named: /: addresses in /, act: to((vf) => isIn(vf) && vf.addresses.some((one) => one.includes(':')), (now, { pci }) => inside(now, pci, ({ addresses }) => ({ addresses: addresses.filter((one) => !one.includes(':')) }))) },
  { what: 'another MTU inside', named: /: MTU /, act: to(isInVf, (now, { pci }) => inside(now, pci, () => ({ mtu: 1300 }))) },
  { what: 'another MAC inside', named: /: MAC in /, act: to((vf) => isIn(vf) && vf.mac === '02:00:00:00:00:77', (now, { pci }) => inside(now, pci, () => ({ mac: '02:00:00:00:00:78' }))) },
  { what: 'its routes gone', named: /: routes in /, act: to((vf, now) => isIn(vf) && ownRoutes(vf, now).length > 0, (now, { pci }) => routed(now, pci, (routes, name) => routes.filter(({ device }) => device !== name))) },
  { what: 'another gateway', named: /: routes in /, act: to((vf, now) => isIn(vf) && ownRoutes(vf, now).length > 0, (now, { pci }) => routed(now, pci, (routes, name) => routes.map((one) => (one.device === name ? { ...one, gateway: '10.0.0.253' } : one)))) },
  { what: 'a route more', named: /: routes in /, act: to((vf, now) => isIn(vf) && ownRoutes(vf, now).length > 0, (now, { pci }) => routed(now, pci, (routes, device) => [...routes, { destination: '10.99.0.0/16', family: 4, gateway: null, device, metric: null }])) },
  { what: 'no DHCP client any more', named: /: DHCP in /, act: to(isByDhcp, (now, { pci }) => ({ ...now, attachments: now.attachments.filter(({ vf }) => vf !== pci) })) },

  { what: 'a macvlan removed', named: /: macvlan /, act: (now) => (now.macvlans[0] ? withoutMacvlans(now, (one) => one === now.macvlans[0]) : undefined) },
  { what: 'all macvlans removed', named: /: macvlan /, act: (now) => (now.macvlans[0] ? withoutMacvlans(now, () => true) : undefined) },
  { what: 'another address of a macvlan', named: /: addresses in /, act: (now) => (now.macvlans[0] ? insideMacvlan(now, { addresses: ['198.51.100.9/24'] }) : undefined) },
  { what: 'a macvlan renamed', named: /: name in /, act: (now) => (now.macvlans[0] ? insideMacvlan(now, { name: 'renamed' }) : undefined) },
  { what: 'the function below a macvlan bound to vfio-pci', named: /: driver vfio-pci → /, act: to((vf, now) => isVf(vf) && now.macvlans.some(({ on }) => on === vf.pci), (now, { pci }) => bound(withoutMacvlans(now, ({ on }) => on === pci), pci, 'vfio-pci')) },

  { what: 'no longer kept', named: /: lasting /, act: (now) => (now.kept.length > 0 ? { ...now, kept: now.kept.slice(1) } : undefined) },
  { what: 'kept with another address', named: /: lasting /, act: (now) => keptOtherwise(now, { settings: { addresses: ['198.51.100.8/24'] } }) },
  { what: 'kept for another container', named: /: lasting /, act: (now) => keptOtherwise(now, { container: { name: 'other' } }) },
]; // prettier-ignore

function keptOtherwise(now: HostSnapshot, more: object): HostSnapshot | undefined {
  const [first, ...rest] = now.kept;
  return first && { ...now, kept: [{ ...first, intent: { ...first.intent, ...more } }, ...rest] };
}
