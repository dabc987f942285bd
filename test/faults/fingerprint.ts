import type { HostSnapshot } from '../../src/model/snapshot';
import type { VirtualFunction } from '../../src/model/functions';
import { planRestores } from '../../src/planning/plan';
import { comparable } from '../lab/lab';
import type { Seen } from './see';

/**
 * What differs each time, though nothing was lost: of a container that was started again, of a boot, of a record, of a VF that was
 * made again. That a macvlan is on its function is in its own entry, by PCI address.
 */
const volatile = new Set(['recordedAt', 'pid', 'netnsInode', 'bootId', 'ifindex', 'index', 'standsOn']);

/**
 * Two snapshots of the same host in the same state have the same fingerprint. `otherMacs`: its VFs were recreated, and igb
 * gave them random MACs.
 */
export function fingerprint(snapshot: Seen, otherMacs = false): string {
  const { namespaces, links, pfs } = snapshot;
  const state = {
    ...comparable(snapshot),
    namespaces: namespaces.length,
    // Docker makes new ones under new names at each start, and gives its bridge another MAC at each boot.
    links: links.map((link) =>
      link.kind === 'veth' ? 'veth' : link.kind === 'bridge' ? { ...link, mac: null } : link,
    ),
    pfs: pfs.map((pf) => ({ ...pf, vfs: pf.vfs.map(asEnforced) })),
  };
  const kept = (key: string) => !volatile.has(key) && !(otherMacs && (key === 'mac' || key === 'adminMac'));
  // The kernel lists routes and addresses in the order of their making.
  const text = (_: string, value: unknown): unknown =>
    Array.isArray(value)
      ? [...(value as unknown[])].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).filter(([key]) => kept(key)))
        : value;
  return JSON.stringify(JSON.parse(JSON.stringify(state, text)), text, 1);
}

/** What igb has a VF's MAC to be, where that is another than the VF's own: of one that wasn't up yet it says zeros. */
const asEnforced = (vf: VirtualFunction): VirtualFunction => ({
  ...vf,
  adminMac: vf.adminMac === vf.mac || vf.adminMac === '00:00:00:00:00:00' ? null : vf.adminMac,
});

/** The values that differ, each with its place, for the report of a loss. */
export function difference(before: string, after: string): string[] {
  const [a, b] = [places(JSON.parse(before)), places(JSON.parse(after))];
  return [
    ...a.filter((line) => !b.includes(line)).map((line) => `- ${line}`),
    ...b.filter((line) => !a.includes(line)).map((line) => `+ ${line}`),
  ];
}

const places = (value: unknown, at = ''): string[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) => places(inner, at === '' ? key : `${at}.${key}`))
    : [`${at}: ${JSON.stringify(value)}`];

/** Whether the next connection has something to offer: a change half done, what is to be put right, a VF that is nobody's. */
export const hasOffer = (now: HostSnapshot): boolean =>
  now.pending.length > 0 ||
  now.staleRecords.length > 0 ||
  now.attachments.some(({ status }) => status !== 'live') ||
  planRestores(now).length > 0;

export const isAtWork = ({ pending }: HostSnapshot): boolean => pending.some(({ running }) => running);
