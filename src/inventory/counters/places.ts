import type { PciAddress } from '../../model/functions';
import { functionsIn } from '../../model/counters/functions';
import type { HostSnapshot } from '../../model/snapshot';

/** Where the devices to count are. */
export interface Places {
  /** The `ip` command for those on the host; it lists all devices if it could misread a name. */
  links: string[];
  namespaces: { inode: number; path: string }[];
}

/**
 * Of some functions, or of all. The adapters of VFs are among them, since they count for their VFs. Without root there is no way into
 * a namespace.
 */
export function placesOf(snapshot: HostSnapshot, wanted?: ReadonlySet<PciAddress>): Places {
  const isWanted = (pci: PciAddress) => wanted === undefined || wanted.has(pci);
  const functions = functionsIn(snapshot).filter(
    ({ pci }) =>
      isWanted(pci) || snapshot.pfs.some((pf) => pf.pci === pci && pf.vfs.some((vf) => isWanted(vf.pci))),
  );
  const names = functions.flatMap(({ name, holder }) =>
    holder.kind === 'host' && name !== null ? name : [],
  );
  const inodes = new Set(functions.map(({ holder }) => holder.netnsInode));
  return {
    links: names.every((name) => /^[\w.:@-]+$/.test(name))
      ? names.map((name) => `link show dev ${name}`)
      : ['link show'],
    namespaces: snapshot.host.user.isRoot ? snapshot.namespaces.filter(({ inode }) => inodes.has(inode)) : [],
  };
}
