import type { HostRoute } from '../model/hostRoute';
import type { VirtualFunction } from '../model/functions';
import type { HostLink, HostSnapshot } from '../model/snapshot';

/** What the host does with a function's network device. */
export interface HostUse {
  name: string;
  addresses: string[];
  /** The bridge or bond that it is a port of; `null` also for Open vSwitch, which takes its ports back by itself. */
  master: string | null;
  /** The routes through it and through the devices on top of it, in the order in which they can be set again. */
  routes: HostRoute[];
  /** As text: its role as a port. */
  port: string[];
  /** As text: the devices on top of it. */
  onTop: string[];
}

/** Everything on the host that uses a function: addresses, routes, a bridge or bond, and devices on top, at any depth. */
export function hostUse(snapshot: HostSnapshot, { pci }: Pick<VirtualFunction, 'pci'>): HostUse | undefined {
  const link = snapshot.links.find((other) => other.pci === pci);
  if (!link) return undefined;
  const { name, addresses, master } = link;
  const isSwitch = kindOf(snapshot, master) === 'openvswitch';
  const above = devicesOn(snapshot.links, name);
  return {
    ...{ name, addresses, master: isSwitch ? null : master },
    routes: [link, ...above]
      .flatMap(({ routes }) => routes ?? [])
      .sort((a, b) => Number(a.gateway !== null) - Number(b.gateway !== null)),
    port: master ? [`${name} as a port of ${masterText(snapshot, master)}`] : [],
    onTop: [...above.map((device) => deviceText(snapshot, device)), ...macvlansElsewhere(snapshot, link)],
  };
}

/** What is lost when the device leaves the host, a line each; empty if nothing uses it. */
export const endsOf = (use: HostUse | undefined): string[] =>
  use === undefined
    ? []
    : [
        ...use.addresses.map((address) => `the address ${address} of ${use.name}`),
        ...use.port,
        ...endsBeyond(use),
      ];

/** The same without the device's own: its addresses and its role as a port. */
export const endsBeyond = (use: HostUse | undefined): string[] => [
  ...(use?.routes ?? []).map(routeText),
  ...(use?.onTop ?? []),
];

/** VLANs, macvlans and the like on a device, each before those on it. */
const devicesOn = (links: HostLink[], name: string): HostLink[] =>
  links.filter(({ lower }) => lower === name).flatMap((device) => [device, ...devicesOn(links, device.name)]);

const routeText = ({ destination, gateway, device }: HostRoute): string =>
  `the route to ${destination}${gateway ? ` via ${gateway}` : ''} on ${device}`;

const kindOf = ({ links }: HostSnapshot, name: string | null): string | null =>
  links.find((link) => link.name === name)?.kind ?? null;

function masterText(snapshot: HostSnapshot, name: string): string {
  const kind = kindOf(snapshot, name);
  return kind === 'openvswitch' ? 'Open vSwitch' : [kind && `the ${kind}`, name].filter(Boolean).join(' ');
}

function deviceText(snapshot: HostSnapshot, { name, kind, lower, addresses, master }: HostLink): string {
  const details = [...addresses, ...(master ? [`a port of ${masterText(snapshot, master)}`] : [])];
  return `${name}, ${kindText(kind)} on ${lower}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

const kindText = (kind: string | null): string =>
  kind === 'vlan'
    ? 'a VLAN device'
    : kind === null
      ? 'a device'
      : `${/^[aeio]/.test(kind) ? 'an' : 'a'} ${kind}`;

/** Those of Docker's own macvlan networks, for example, and ours. */
const macvlansElsewhere = ({ containers }: HostSnapshot, { index, name }: HostLink): string[] =>
  containers.flatMap((container) =>
    container.interfaces
      .filter(({ standsOn }) => standsOn === index)
      .map((one) => `${one.name} in ${container.name}, which is on top of ${name}`),
  );
