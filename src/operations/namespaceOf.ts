import type { Container } from '../model/container';
import type { NamespaceRef } from '../model/plan';

/** The way to a container's network namespace, with what makes it that one and no other. */
export function namespaceOf(container: Container): NamespaceRef | undefined {
  const { id, engine, name, pid, netnsInode: inode } = container;
  if (inode === null) return undefined;
  if (engine === 'netns') return { inode, path: `/run/netns/${name}`, owner: null };
  return pid === null
    ? undefined
    : { inode, path: `/proc/${pid}/ns/net`, owner: { pid, containerId: id, engine } };
}
