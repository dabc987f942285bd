import type { NamespaceRef } from '../model/plan';
import { quoteAll } from '../model/quote';

/** The command (namespaces.sh) that opens the namespace that was seen, and no other, as that descriptor. */
export const openNamespace = (descriptor: number, { path, inode, owner }: NamespaceRef): string =>
  quoteAll([
    'open_namespace',
    ...[`${descriptor}`, path, `${inode}`],
    ...(owner ? [`${owner.pid}`, owner.containerId, owner.engine, owner.user ?? ''] : ['', '', '', '']),
  ]);
