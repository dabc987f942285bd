import type { Host } from '../host/host';
import ownFolder from '../host/ownFolder.sh';
import type { ContainerEngine } from '../model/engines';
import { allFunctions, type HostSnapshot } from '../model/snapshot';
import { assemble } from './assemble';
import { everyEngine, questionsTo } from './engines';
import { systemSections, type probeSections } from './printed';
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

/** What may be otherwise than in the look before, besides the adapters, the host's devices and our records. A plan says it, too. */
export interface Touched {
  /** Namespaces besides those that any function or macvlan is in. */
  namespace?: { inode: number } | null;
  from?: { inode: number } | null;
  everyNamespace?: boolean;
  engines?: readonly ContainerEngine[];
}

/** A look at what was touched, and how what it says is put into the look before. */
export interface NarrowLook {
  program: string;
  onto: (narrow: Section[]) => Look;
}

/**
 * Looks at the adapters, the host's devices, our records, the namespaces that were touched or that any function or macvlan is in,
 * and the engines that were touched. What the host runs on and what its other engines list stays as it was seen before.
 */
export function narrowLook(before: Look, touched: Touched): NarrowLook {
  const { namespace, from, everyNamespace = false, engines = [] } = touched;
  const inodes = new Set(
    [namespace?.inode, from?.inode, ...holding(before.snapshot)].filter((inode) => inode !== undefined),
  );
  const asked = questionsTo(engines);
  const stays = ({ name }: Section) => {
    const [first = '', inode] = name.split(' ');
    if (first.startsWith('namespace')) return !everyNamespace && !inodes.has(Number(inode));
    return kept.has(first) && !asked.answeredBy(name);
  };
  const look = ['narrow', ...(everyNamespace ? ['all'] : inodes)].join(' ');
  return {
    program: looking(`${asked.shell}\n${look} ${asked.beside}`),
    onto(narrow) {
      const sections = [...before.sections.filter(stays), ...narrow];
      return { sections, snapshot: assemble(before.snapshot.host.id, sections) };
    },
  };
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

/** The namespaces that hold a function, or something that stands on an adapter. */
const holding = (snapshot: HostSnapshot): number[] => [
  ...snapshot.containers.flatMap(({ netnsInode, interfaces }) =>
    netnsInode !== null && interfaces.some(({ vf, standsOn }) => vf !== null || standsOn !== undefined)
      ? [netnsInode]
      : [],
  ),
  ...allFunctions(snapshot).flatMap(({ holder }) => holder.netnsInode ?? []),
];

/** A function has a driver for the network, and its network device is nowhere that was looked. */
const isAnyAstray = (snapshot: HostSnapshot): boolean =>
  allFunctions(snapshot).some(
    ({ driver, name, holder }) => driver !== null && name === null && holder.kind === 'none',
  );
