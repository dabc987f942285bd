import type { Host } from '../host/host';
import ownFolder from '../host/ownFolder.sh';
import type { Plan } from '../model/plan';
import type { HostSnapshot } from '../model/snapshot';
import { assemble } from './assemble';
import { besideEngines, engineSections, engineShell } from './engines';
import { systemSections } from './printed';
import probe from './probe.sh';
import { readSections } from './readSections';
import type { Section } from './sections';

const looking = (look: string): string => [ownFolder, probe].join('\n').replace('__LOOK__', () => look);

/** The program that looks at a whole host: `probe.sh` with what asks the engines. */
export const probeProgram = looking(`${engineShell}\nwhole "$@" ${besideEngines}`);

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

/** A look at what a plan can have changed, and how what it says is put into the look before. */
export interface NarrowLook {
  program: string;
  onto: (narrow: Section[]) => Look;
}

/**
 * Looks, as root, at the adapters, the host's devices, our records, and the namespaces that the plan or any function or macvlan is
 * in. What the host runs on and what its engines list stays as it was seen before.
 */
export function narrowLook(before: Look, plan: Plan): NarrowLook {
  const inodes = new Set(
    [plan.namespace?.inode, plan.from?.inode, ...holding(before.snapshot)].filter(
      (inode) => inode !== undefined,
    ),
  );
  const stays = ({ name }: Section) => {
    const [first = '', inode] = name.split(' ');
    return first.startsWith('namespace') ? !inodes.has(Number(inode)) : kept.has(first);
  };
  return {
    program: looking(['narrow', ...inodes].join(' ')),
    onto(narrow) {
      const sections = [...before.sections.filter(stays), ...narrow];
      return { sections, snapshot: assemble(before.snapshot.host.id, sections) };
    },
  };
}

const kept = new Set(Object.keys({ ...systemSections, ...engineSections }));

/** The namespaces that hold something that stands on an adapter. */
const holding = ({ containers }: HostSnapshot): number[] =>
  containers.flatMap(({ netnsInode, interfaces }) =>
    netnsInode !== null && interfaces.some(({ vf, standsOn }) => vf !== null || standsOn !== undefined)
      ? [netnsInode]
      : [],
  );
