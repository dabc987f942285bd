import type { Container } from '../model/container';
import type { VirtualFunction } from '../model/functions';
import { refuse, type NamespaceRef, type NamespaceWay, type Refusal } from '../model/plan';
import { containersIn, type HostSnapshot } from '../model/snapshot';

/** The path of a container's network namespace, with what identifies it. */
export function namespaceOf(container: Container): NamespaceRef | undefined {
  const way = wayInto(container);
  return way && way.inode !== null ? { ...way, inode: way.inode } : undefined;
}

/** The same if only the process is known, as for an ordinary user. */
export function wayInto(container: Container): NamespaceWay | undefined {
  const { id, engine, name, pid, netnsInode: inode, rootlessOf: user } = container;
  if (engine === 'netns') return { inode, path: `/run/netns/${name}`, owner: null };
  return pid === null
    ? undefined
    : {
        inode,
        path: `/proc/${pid}/ns/net`,
        owner: { pid, containerId: id, engine, ...(user === undefined ? {} : { user }) },
      };
}

/** The way into the namespace that holds a VF now: through its container, its name, or any process in it. */
export function wayTo(snapshot: HostSnapshot, vf: VirtualFunction, inode: number): NamespaceRef | undefined {
  const container = containersIn(snapshot, inode).find((other) => other.id === vf.holder.containerId);
  const named = containersIn(snapshot, inode).find((other) => other.engine === 'netns');
  const owner = container ?? named;
  const path = snapshot.namespaces.find((namespace) => namespace.inode === inode)?.path;
  return (owner && namespaceOf(owner)) ?? (path ? { inode, path, owner: null } : undefined);
}

export const noWayInto = (label: string): Refusal =>
  refuse('unknown-state', `The namespace that holds ${label} can't be entered; refresh as root.`);
