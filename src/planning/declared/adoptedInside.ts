import { inNetwork } from '../../model/addresses/ip';
import type { Container, Route } from '../../model/container';
import type { WantedRoute } from '../../model/values';
import { destinationOf } from './insideDifferences';

/** Given by the kernel, a router or a DHCP server: it comes again by itself. */
export function isGiven(address: string, mac: string | null, dhcp: boolean): boolean {
  const [ip = ''] = address.split('/');
  return inNetwork(ip, 'fe80::/10') || (ip.includes(':') ? mac !== null && ip.includes('ff:fe') : dhcp);
}

/** The routes by a device that somebody has set. */
export const routesOf = (container: Container, name: string | undefined): WantedRoute[] =>
  container.routes
    .filter((route) => route.device === name && !isByRouter(route))
    .map((route) => ({
      destination: destinationOf(route),
      ...(route.gateway === null ? {} : { gateway: route.gateway }),
    }));

const isByRouter = ({ gateway, destination }: Route): boolean =>
  inNetwork(gateway ?? '', 'fe80::/10') || inNetwork(destination.split('/')[0] ?? '', 'fe80::/10');

export const withoutNothing = <T extends object>(all: T): T =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
