import type { Route } from '../model/container';
import type { IpDevice } from './ipJson';
import { parseDevices, parseIpBatch, parseRoutes } from './ipJson';
import { configuredRoutes } from './devices';
import type { probeSections } from './printed';
import { answer, type Section } from './sections';
import { onFunction, type VirtioFunctions } from './virtio';

/** A network namespace other than the host's: its devices and configured routes. */
export interface Namespace {
  inode: number;
  /** A path that leads to it, `/proc/N/ns/net` or a bind mount, whose name may have line breaks (`\x01` in the probe's answer). */
  path: string;
  devices: IpDevice[];
  routes: Route[];
}

export interface NamedNamespace {
  inode: number;
  name: string;
}

/** Namespaces that could be read, and the inodes of those that couldn't. One that ended during the look is neither. */
export function readNamespaces(
  all: Section[],
  virtio: VirtioFunctions = new Map(),
): { namespaces: Namespace[]; unread: number[] } {
  const { each } = answer<typeof probeSections>(all);
  const unread = each('namespace-failed').map(({ args }) => Number(args));
  const over = new Set([...unread, ...each('namespace-ended').map(({ args }) => Number(args))]);
  // If a namespace was read twice, the later read counts.
  const looks = new Map(
    each('namespace').map(({ args, body }) => [Number(args.split(' ', 1)[0]), { args, body }]),
  );
  const namespaces: Namespace[] = [];
  for (const [inode, { args, body }] of looks) {
    if (over.has(inode)) continue;
    try {
      const [devices, ...routes] = parseIpBatch(body);
      const configured = configuredRoutes(parseRoutes(routes[0], routes[1]));
      const path = args.slice(args.indexOf(' ') + 1).replaceAll('\x01', '\n');
      const read = {
        devices: parseDevices(devices).map((device) => onFunction(device, virtio)),
        routes: configured,
      };
      namespaces.push({ inode, path, ...read });
    } catch {
      unread.push(inode);
    }
  }
  return { namespaces, unread };
}
/** From `stat --printf '%d NSFS %i %n\0' /run/netns/*`, where NSFS is the device that namespaces are on: other files are none. */
export const namedNamespaces = (body: string): NamedNamespace[] =>
  body
    .split('\0')
    .map((entry) => /^(\d+) \1 (\d+) \/run\/netns\/([\s\S]+)$/.exec(entry.replace(/^\n/, '')))
    .flatMap((match) => (match ? [{ inode: Number(match[2]), name: match[3] ?? '' }] : []));

/** From `stat -c '%i %n' /proc/N/ns/net`: pid → inode. */
export function processNamespaces(body: string): Map<number, number> {
  const inodes = new Map<number, number>();
  for (const [, inode, pid] of body.matchAll(/^(\d+) \/proc\/(\d+)\/ns\/net$/gm))
    inodes.set(Number(pid), Number(inode));
  return inodes;
}
