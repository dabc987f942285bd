import type { Host } from '../host/host';
import ownFolder from '../host/ownFolder.sh';
import type { ContainerEngine } from '../model/engines';
import type { PciAddress, PhysicalFunction } from '../model/functions';
import { quoteAll } from '../model/quote';
import { allFunctions, type HostSnapshot } from '../model/snapshot';
import { assemble } from './assemble';
import { everyEngine, everyEngineAtFirst, questionsTo } from './engines';
import { linesOfFunctions, systemSections, unchanging, type probeSections } from './printed';
import { probe } from './probe';
import { readSections } from './readSections';
import { answer, type Section } from './sections';

/** The probe and what it should read. */
export const looking = (look: string): string =>
  [ownFolder, probe].join('\n').replace('__LOOK__', () => look);

/** The program that reads a whole host: `probe/` with the parts that ask the engines. */
export const probeProgram = looking(`${everyEngine.shell}\nwhole "$@" ${everyEngine.beside}`);

/** The answer of a host, and its meaning. */
export interface Look {
  sections: Section[];
  snapshot: HostSnapshot;
}

/** Reads a host: one program, one round trip. Rejects with HostError if it can't be reached or answers nonsense. */
export async function lookAt(host: Host, signal?: AbortSignal): Promise<Look> {
  const sections = await readSections(host, probeProgram, signal);
  return { sections, snapshot: assemble(host.id, sections) };
}

/** The same, for callers that only need the meaning. */
export async function readSnapshot(host: Host, signal?: AbortSignal): Promise<HostSnapshot> {
  return (await lookAt(host, signal)).snapshot;
}

/** Reads only what a person refers to by name: functions, or containers. It doesn't see who has what. */
export async function lookForNames(
  host: Host,
  of: 'functions' | 'containers',
  signal: AbortSignal,
): Promise<HostSnapshot> {
  const { shell, beside } = of === 'containers' ? everyEngine : questionsTo([]);
  const program = looking(`${shell}\nnamed ${of} ${beside}`);
  return assemble(host.id, await readSections(host, program, signal));
}

/** What may have changed since the previous read, besides the host's devices and our records. A plan says so, too. */
export interface Touched {
  /** The functions to whose PFs changes are limited; absent or empty: any adapter may have changed. */
  locks?: readonly { pci: PciAddress }[];
  /** Namespaces besides those that any function or macvlan is in. */
  namespace?: { inode: number; path: string } | null;
  from?: { inode: number; path: string } | null;
  spaces?: readonly { inode: number; path: string }[];
  everyNamespace?: boolean;
  engines?: readonly ContainerEngine[];
}

/** A read of what was touched, and how its answer is merged into the previous one. */
export interface NarrowLook {
  program: string;
  onto: (narrow: Section[]) => Look;
}

/**
 * Reads the adapters that were touched, the host's devices, our records, the namespaces that were touched or that any function or
 * macvlan is in, and the engines that were touched. The host's hardware and the containers of other engines stay as previously read.
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

/** The PFs that are, or have, what was touched; none if that could be more than is known. */
function touchedPfs(snapshot: HostSnapshot, { locks = [] }: Touched): PciAddress[] {
  const pfs = locks.map(
    ({ pci }) => snapshot.pfs.find((pf) => pf.pci === pci || pf.vfs.some((vf) => vf.pci === pci))?.pci,
  );
  return pfs.every((pf) => pf !== undefined) ? [...new Set(pfs)] : [];
}

/** A section about some PFs, merged with what was known about the others. */
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
 * Looks at what was touched, and into every namespace where a function went out of sight or somebody else changed something: only there
 * is seen what they made in a container. At the whole host where the look before was another user's.
 */
export async function lookAgain(host: Host, before: Look, touched: Touched): Promise<Look> {
  const isRoot = before.snapshot.host.user.isRoot;
  const everyNamespace = touched.everyNamespace === true || (isRoot && isAnyAstray(before.snapshot));
  const { program, onto } = narrowLook(before, { ...touched, everyNamespace });
  const sections = await readSections(host, program);
  const { body } = answer<typeof probeSections>(sections);
  if (Number(body('asker')) !== before.snapshot.host.user.uid) return lookAt(host);
  const look = onto(sections);
  const isAnyElsewhere =
    isAnyAstray(look.snapshot) || look.snapshot.lastChange?.id !== before.snapshot.lastChange?.id;
  return isRoot && !everyNamespace && isAnyElsewhere ? lookInside(host, look) : look;
}

/** Adds the contents of every namespace to a read. */
async function lookInside(host: Host, { snapshot, sections }: Look): Promise<Look> {
  const inside = await readSections(host, looking('namespaces all'));
  const all = [...sections.filter(({ name }) => !name.startsWith('namespace')), ...inside];
  return { sections: all, snapshot: assemble(snapshot.host.id, all) };
}

const kept = new Set(Object.keys({ ...systemSections, ...everyEngine.prints, ...everyEngineAtFirst.prints }));

/** The namespaces that were touched, and those that hold a function or something that stands on an adapter: inode → path. */
function waysInto(snapshot: HostSnapshot, { namespace, from, spaces = [] }: Touched): Map<number, string> {
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
    [...known, ...[namespace, from, ...spaces].filter((one) => one !== null && one !== undefined)].map(
      ({ inode, path }) => [inode, path.replaceAll('\n', '\x01')],
    ),
  );
}

/** A function has a network driver, but its network device is nowhere that was read. */
export const isAnyAstray = (snapshot: HostSnapshot): boolean =>
  allFunctions(snapshot).some(
    ({ driver, name, holder }) => driver !== null && name === null && holder.kind === 'none',
  );
