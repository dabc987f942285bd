import type { Route } from '../model/container';
import type { HostLink } from '../model/snapshot';

/**
 * Which interfaces must not be interrupted, and why (invariant 8): those that carry the ssh connection or a default
 * route, traced through bonds, bridges, VLANs and macvlans to the hardware below. Name → reasons.
 */
export function protectedLinks(
  links: HostLink[],
  routes: Route[],
  sshConnection: string,
): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  const protect = (name: string, reason: string, seen: Set<string> = new Set()) => {
    if (seen.has(name)) return;
    seen.add(name);
    const known = reasons.get(name) ?? [];
    if (!known.includes(reason)) reasons.set(name, [...known, reason]);
    for (const below of lowersOf(name, links)) protect(below, reason, seen);
  };
  const local = sshConnection
    .split(' ')[2]
    ?.replace(/^::ffff:/, '')
    .replace(/%.*$/, '');
  for (const link of links)
    if (local && link.addresses.some((address) => address.split('/')[0] === local))
      protect(link.name, 'it carries this ssh connection');
  for (const route of routes)
    if (route.destination === 'default')
      protect(route.device, `it carries the host's default route (IPv${route.family})`);
  return reasons;
}

/** What a device stands on: its lower device, and its ports when it is a bond or a bridge. */
function lowersOf(name: string, links: HostLink[]): string[] {
  const link = links.find((other) => other.name === name);
  const ports = links.filter((other) => other.master === name).map((port) => port.name);
  return link?.lower ? [link.lower, ...ports] : ports;
}
