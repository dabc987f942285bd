import type { PhysicalFunction, VirtualFunction } from '../model/functions';
import type { Attachment, HostLink } from '../model/snapshot';
import { isCountedName } from '../model/values';

/** Where udev takes a name from, in the order of its own `.link` file. */
const sources = ['FROM_DATABASE', 'ONBOARD', 'SLOT', 'PATH'].map((from) => `ID_NET_NAME_${from}`);

type Noted = ReadonlyMap<string, string>;

/**
 * The adapters, with VFs that say what udev would call them: those that somebody left on the host under a counted name, and that nobody
 * uses. `body`: what udev noted of network devices.
 */
export function withNamesByUdev(
  pfs: PhysicalFunction[],
  body: string,
  { links, attachments }: { links: HostLink[]; attachments: Attachment[] },
): PhysicalFunction[] {
  const noted = notedIn(body);
  // With net.ifnames=0 it gives none of these names, and a VF is eth1 from the beginning.
  const isNaming = [...noted.values()].some((one) => one.has('ID_NET_NAME') && one.get('ID_NET_NAME') === byUdev(one)); // prettier-ignore
  if (!isNaming) return pfs;
  const nameOf = (vf: VirtualFunction): string | undefined => {
    const link = links.find(({ pci, name }) => pci === vf.pci && name === vf.name);
    const known = link && noted.get(link.index);
    const isOurs = vf.keptFor !== undefined || attachments.some((one) => one.vf === vf.pci);
    return known && !isOurs && wasLeft(vf) ? byUdev(known) : undefined;
  };
  return pfs.map((pf) => ({
    ...pf,
    vfs: pf.vfs.map((vf) => {
      const nameByUdev = nameOf(vf);
      return nameByUdev === undefined || nameByUdev === vf.name ? vf : { ...vf, nameByUdev };
    }),
  }));
}

const wasLeft = ({ name, holder, addresses, master, protectedBecause }: VirtualFunction): boolean =>
  name !== null &&
  isCountedName(name) &&
  holder.kind === 'host' &&
  addresses.length === 0 &&
  master === null &&
  protectedBecause.length === 0;

const byUdev = (noted: Noted): string | undefined =>
  sources.map((source) => noted.get(source)).find((name) => name !== undefined);

/** By the index of the device. */
function notedIn(body: string): Map<number, Map<string, string>> {
  const all = new Map<number, Map<string, string>>();
  for (const [, index, key = '', value = ''] of body.matchAll(/^\S*\/n(\d+):E:(ID_NET_NAME\w*)=(.+)$/gm))
    all.set(Number(index), (all.get(Number(index)) ?? new Map<string, string>()).set(key, value));
  return all;
}
