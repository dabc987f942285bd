import type { Host } from '../host/host';
import ownFolder from '../host/ownFolder.sh';
import type { ContainerEngine } from '../model/engines';
import type { PciAddress, PhysicalFunction } from '../model/functions';
import { quoteAll } from '../model/quote';
import { allFunctions, type HostSnapshot } from '../model/snapshot';
import { assemble } from './assemble';
import { everyEngine, questionsTo } from './engines';
import { linesOfFunctions, systemSections, unchanging, type probeSections } from './printed';
import probe from './probe.sh';
import { readSections } from './readSections';
import { answer, type Section } from './sections';

const looking = (look: string): string => [ownFolder, probe].join('\n').replace('__LOOK__', () => look);

/** The program that looks at a whole host: `probe.sh` with what asks the engines. */
export const probeProgram = looking(`${everyEngine.shell}\nwhole "$@" ${everyEngine.beside}`);

/** What a look at a host said, and what that means. */
export interface Look {
  sections: Section[];
  snapshot: HostSnapshot;
}

/** Looks at a host: one program, one round trip. Rejects with HostError when it can't be reached or answers nonsense. */
export async function lookAt(host: Host, signal?: AbortSignal): Promise<Look> {
  const sections = await readSections(host, probeProgram, signal);
  return { sections, snapshot: assemble(host.id, sections) };
}

/** The same, for whoever needs only what it means. */
export async function readSnapshot(host: Host, signal?: AbortSignal): Promise<HostSnapshot> {
  return (await lookAt(host, signal)).snapshot;
}

/** Looks only at what a person calls by name: the functions, or the containers. Who has what, it doesn't see. */
export async function lookForNames(
  host: Host,
  of: 'functions' | 'containers',
  signal: AbortSignal,
): Promise<HostSnapshot> {
  const { shell, beside } = of === 'containers' ? everyEngine : questionsTo([]);
  const program = looking(`${shell}\nnamed ${of} ${beside}`);
  return assemble(host.id, await readSections(host, program, signal));
}

/** What may be otherwise than in the look before, besides the host's devices and our records. A plan says it, too. */
export interface Touched {
  /** The functions without whose PFs nothing else has changed on any adapter; absent or empty: every adapter may have. */
  locks?: readonly { pci: PciAddress }[];
  /** Namespaces besides those that any function or macvlan is in. */
  namespace?: { inode: number; path: string } | null;
  from?: { inode: number; path: string } | null;
  everyNamespace?: boolean;
  engines?: readonly ContainerEngine[];
}

/** A look at what was touched, and how what it says is put into the look before. */
export interface NarrowLook {
  program: string;
  onto: (narrow: Section[]) => Look;
}

/**
 * Looks at the adapters that were touched, the host's devices, our records, the namespaces that were touched or that any function or
 * macvlan is in, and the engines that were touched. What the host runs on and what its other engines list stays as it was seen before.
 */
export function narrowLook(before: Look, touched: Touched): NarrowLook {
  const { everyNamespace = false, engines = [] } = touched;
  const pfs = touchedPfs(before.snapshot, touched);
  const ways = everyNamespace ? new Map<number, string>() : waysInto(before.snapshot, touched);
  const asked = questionsTo(engines);
  const stays = ({ name }: Section) => {
    const [first = '', inode] = name.split(' ');
    if (first.startsWith('namespace')) return !everyNamespace && !ways.has(Number(inode));
    if (first in unchanging) return pfs.length > 0;
    return kept.has(first) && !asked.answeredBy(name);
  };
  // The modes stay as they were; the ports come and go with VFs, and name devices that are looked at again.
  const ports = pfs.length > 0 && before.snapshot.pfs.some(hasSwitch) ? 'ports\n' : '';
  const inside = everyNamespace ? ['all'] : [...ways].map(([inode, path]) => `${inode} ${path}`);
  return {
    program: looking(
      `${asked.shell}\n${ports}${quoteAll(['narrow', ...pfs, '--', ...inside])} ${asked.beside}`,
    ),
    onto(narrow) {
      const sections = [
        ...before.sections.filter(stays),
        ...(pfs.length > 0 ? narrow.map((section) => withOthers(before.sections, section, pfs)) : narrow),
      ];
      return { sections, snapshot: assemble(before.snapshot.host.id, sections) };
    },
  };
}

const hasSwitch = ({ eswitchMode }: PhysicalFunction): boolean => eswitchMode === 'switchdev';

/** The PFs that are or have what was touched; none where that could be more than is known. */
function touchedPfs(snapshot: HostSnapshot, { locks = [] }: Touched): PciAddress[] {
  const pfs = locks.map(
    ({ pci }) => snapshot.pfs.find((pf) => pf.pci === pci || pf.vfs.some((vf) => vf.pci === pci))?.pci,
  );
  return pfs.every((pf) => pf !== undefined) ? [...new Set(pfs)] : [];
}

/** A section about some PFs, with what was said of the others before. */
function withOthers(before: readonly Section[], section: Section, pfs: readonly PciAddress[]): Section {
  if (!(section.name in linesOfFunctions)) return section;
  const folders = pfs.map((pci) => `/sys/bus/pci/devices/${pci}/`);
  const others = before
    .find(({ name }) => name === section.name)
    ?.body.split('\n')
    .filter((line) => line !== '' && folders.every((folder) => !line.startsWith(folder)));
  return { ...section, body: [...(others ?? []), section.body].join('\n') };
}

/**
 * Looks at what was touched, and into every namespace where a function went out of sight; at the whole host where the look before was
 * another user's.
 */
export async function lookAgain(host: Host, before: Look, touched: Touched): Promise<Look> {
  const isRoot = before.snapshot.host.user.isRoot;
  const everyNamespace = touched.everyNamespace === true || (isRoot && isAnyAstray(before.snapshot));
  const { program, onto } = narrowLook(before, { ...touched, everyNamespace });
  const sections = await readSections(host, program);
  const { body } = answer<typeof probeSections>(sections);
  if (Number(body('asker')) !== before.snapshot.host.user.uid) return lookAt(host);
  const look = onto(sections);
  return isRoot && !everyNamespace && isAnyAstray(look.snapshot) ? lookInside(host, look) : look;
}

/** Adds to a look what is in every namespace. */
async function lookInside(host: Host, { snapshot, sections }: Look): Promise<Look> {
  const inside = await readSections(host, looking('namespaces all'));
  const all = [...sections.filter(({ name }) => !name.startsWith('namespace')), ...inside];
  return { sections: all, snapshot: assemble(snapshot.host.id, all) };
}

const kept = new Set(Object.keys({ ...systemSections, ...everyEngine.prints }));

/** The namespaces that were touched, and those that hold a function or something that stands on an adapter: inode → path. */
function waysInto(snapshot: HostSnapshot, { namespace, from }: Touched): Map<number, string> {
  const holding = [
    ...snapshot.containers
      .filter(({ interfaces }) =>
        interfaces.some(({ vf, standsOn }) => vf !== null || standsOn !== undefined),
      )
      .map(({ netnsInode }) => netnsInode),
    ...allFunctions(snapshot).map(({ holder }) => holder.netnsInode),
  ];
  const known = snapshot.namespaces.filter(({ inode }) => holding.includes(inode));
  return new Map(
    [...known, ...[namespace, from].filter((one) => one !== null && one !== undefined)].map(
      ({ inode, path }) => [inode, path.replaceAll('\n', '\x01')],
    ),
  );
}

/** A function has a driver for the network, and its network device is nowhere that was looked. */
const isAnyAstray = (snapshot: HostSnapshot): boolean =>
  allFunctions(snapshot).some(
    ({ driver, name, holder }) => driver !== null && name === null && holder.kind === 'none',
  );
