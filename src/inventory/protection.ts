import { carriesSsh } from '../model/wire/carriesSsh';
import type { HostLink } from '../model/snapshot';
import type { IpDevice, IpRoute } from './ipJson';

/** A device that a default route of one family goes through. */
export interface DefaultRoute {
  device: string;
  family: 4 | 6;
}

/**
 * Which interfaces must not be interrupted, and why (invariant 8): those that carry the ssh connection or a default
 * route, traced through bonds, bridges, VLANs and macvlans to the hardware below. Name → reasons.
 */
export function protectedLinks(
  links: HostLink[],
  routes: DefaultRoute[],
  sshDevices: string[],
): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  const protect = (name: string, reason: string, seen: Set<string> = new Set()) => {
    if (seen.has(name)) return;
    seen.add(name);
    const known = reasons.get(name) ?? [];
    if (!known.includes(reason)) reasons.set(name, [...known, reason]);
    for (const below of lowersOf(name, links)) protect(below, reason, seen);
  };
  for (const name of sshDevices) protect(name, carriesSsh);
  for (const { device, family } of routes)
    protect(device, `it carries the host's default route (IPv${family})`);
  return reasons;
}

/**
 * The devices below a device: its lower device, and its ports if it is a bond or a bridge. The ports of Open vSwitch's
 * bridges all have `ovs-system` as their master, and only Open vSwitch knows which belongs to which: so all of them.
 */
function lowersOf(name: string, links: HostLink[]): string[] {
  const link = links.find((other) => other.name === name);
  const masters = link?.kind === 'openvswitch' ? [name, 'ovs-system'] : [name];
  const ports = links.filter(({ master }) => master && masters.includes(master)).map((port) => port.name);
  return link?.lower ? [link.lower, ...ports] : ports;
}

/**
 * The devices with the address that the ssh connection came to, by sshd's SSH_CONNECTION: `PEER PORT OWN PORT`. A
 * link-local address is reported with its device (`fe80::1%eno1`), as several devices may have the same one.
 */
export function sshDevices(devices: IpDevice[], sshConnection: string): string[] {
  const [address = '', zone] = (sshConnection.split(' ')[2] ?? '').replace(/^::ffff:/, '').split('%');
  const named = ({ ifname, ifindex }: IpDevice) => !zone || ifname === zone || String(ifindex) === zone;
  return devices
    .filter((device) => named(device) && device.addr_info.some(({ local }) => local && local === address))
    .map(({ ifname }) => ifname);
}

/** From every table, since rules and VRFs choose between them, and of any origin, including router advertisements. */
export const defaultRoutes = (routes: IpRoute[]): DefaultRoute[] =>
  routes
    .filter(({ dst, type }) => dst === 'default' && (type === undefined || type === 'unicast'))
    .flatMap(({ family, nexthops, dev: only }) =>
      (nexthops ?? [{ dev: only }]).flatMap(({ dev }) =>
        dev === undefined ? [] : [{ device: dev, family }],
      ),
    );
