import { sameAddress } from '../../model/addresses/ip';
import type { Container, ContainerInterface, Route } from '../../model/container';
import { isDefault, type DeclaredAttachment } from '../../model/declared/declared';
import type { HostSnapshot } from '../../model/snapshot';
import { normalMac, type WantedRoute } from '../../model/values';

/** What differs between an interface inside and what is declared; only attaching it again changes that. */
export interface InsideDifference {
  what: string;
  from: string | null;
  to: string | null;
}

/**
 * Lists are whole for IPv4. Of IPv6 there may be more, since routers give addresses and routes; so do DHCP servers. So is the route to a
 * gateway that is in no network of the interface, which comes with it.
 */
export function insideDifferences(
  snapshot: HostSnapshot,
  pci: string,
  container: Container,
  about: DeclaredAttachment,
): InsideDifference[] {
  const device = container.interfaces.find(({ vf }) => vf === pci);
  const record = snapshot.attachments.find(({ vf, status }) => vf === pci && status === 'live')?.record;
  return device ? deviceDifferences(container, device, record?.dhcp !== undefined, about) : [];
}

/** The same of any device of a container. */
export function deviceDifferences(
  container: Container,
  device: ContainerInterface,
  hasDhcp: boolean,
  { interface: wanted = {}, routes, dhcp }: DeclaredAttachment,
): InsideDifference[] {
  const own = container.routes.filter((route) => route.device === device.name);
  return [
    ...differing('name', device.name, wanted.name),
    ...differing('MAC', device.mac, wanted.hardwareAddr && normalMac(wanted.hardwareAddr)),
    ...(dhcp === undefined || dhcp === hasDhcp
      ? []
      : differing('DHCP', hasDhcp ? 'on' : 'off', dhcp ? 'on' : 'off')),
    ...lists(
      'addresses',
      wanted.addresses,
      device.addresses,
      sameCidr,
      (one) => one.includes(':') || hasDhcp,
    ),
    ...lists(
      'routes',
      routes?.map(asText),
      own.map(shownText),
      sameRoute,
      (one) => one.includes(':') || hasDhcp || (routes ?? []).some(({ gateway }) => one === `${gateway}/32`),
    ),
  ];
}

export const differing = (what: string, from: string | null, to: string | undefined): InsideDifference[] =>
  to === undefined || from === to ? [] : [{ what, from, to }];

function lists(
  what: string,
  wanted: readonly string[] | undefined,
  found: readonly string[],
  same: (a: string, b: string) => boolean,
  mayBeMore: (one: string) => boolean,
): InsideDifference[] {
  if (wanted === undefined) return [];
  const missing = wanted.filter((one) => !found.some((other) => same(one, other)));
  const extra = found.filter((one) => !mayBeMore(one) && !wanted.some((other) => same(one, other)));
  if (missing.length === 0 && extra.length === 0) return [];
  const shown = found.filter((one) => extra.includes(one) || wanted.some((other) => same(one, other)));
  return [{ what, from: shown.join(', ') || null, to: wanted.join(', ') || null }];
}

const sameCidr = (a: string, b: string): boolean => sameAddress(a, b) && a.split('/')[1] === b.split('/')[1];
function sameRoute(a: string, b: string): boolean {
  const [[to = '', by], [otherTo = '', otherBy]] = [a.split(' via '), b.split(' via ')];
  return sameCidr(to, otherTo) && (by === otherBy || sameAddress(by ?? '', otherBy ?? ''));
}

/** As the kernel shows it, with the prefix length that it leaves out. */
export const destinationOf = ({ destination, family }: Pick<Route, 'destination' | 'family'>): string =>
  destination === 'default'
    ? family === 4
      ? '0.0.0.0/0'
      : '::/0'
    : destination.includes('/')
      ? destination
      : `${destination}/${family === 4 ? 32 : 128}`;

const shownText = (route: Route): string => text(destinationOf(route), route.gateway);
const asText = (route: WantedRoute): string => text(route.destination, route.gateway ?? null);
const text = (destination: string, gateway: string | null): string =>
  gateway === null ? destination : `${destination} via ${gateway}`;

/** What of the routes `attach` calls the gateway, and the others. */
export function gatewayAndRoutes(routes: readonly WantedRoute[] | undefined): {
  gateway?: string;
  routes?: WantedRoute[];
} {
  const gateway = routes?.find(isDefault)?.gateway;
  const others = routes?.filter((route) => !isDefault(route));
  return { ...(gateway === undefined ? {} : { gateway }), ...(others?.length ? { routes: others } : {}) };
}
