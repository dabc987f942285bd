import { isRunning, type Container } from '../../model/container';
import {
  containerText,
  type Declared,
  type DeclaredAttachment,
  type DeclaredContainer,
  type Path,
} from '../../model/declared/declared';
import type { Block } from '../../model/declared/declaredPlan';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal } from '../../model/plan';
import { vfAt, wholePf, type HostSnapshot } from '../../model/snapshot';
import { resolveContainer, resolveHeld, resolvePf } from '../resolve';
import type { WantedAdapter } from './adapters';
import { freeOf } from './freeOf';

/** A container that is to have a VF, or a whole adapter. */
export interface WantedAttachment {
  about: DeclaredAttachment;
  /** Where that is in the file. */
  path: Path;
  /** As it is named in the file. */
  who: string;
  /** Absent where it doesn't exist yet, which only one that lasts may. */
  container?: Container;
  pf: PhysicalFunction;
  /** -1: the whole adapter. */
  index: number;
  label: string;
  /** As the function is now; absent where it is still to be created. */
  vf?: VirtualFunction;
}

export interface Claims {
  wanted: WantedAttachment[];
  blocks: Block[];
}

type Named = Omit<WantedAttachment, 'vf' | 'pf' | 'index' | 'label'>;

/** Which function each attachment is about. Those that name one come first; the others are served in an order that is not the file's. */
export function wantedAttachments(
  snapshot: HostSnapshot,
  { attachments = [] }: Declared,
  adapters: readonly WantedAdapter[],
): Claims {
  const blocks: Block[] = [];
  const named = attachments
    .flatMap((about, at): Named[] => {
      if (about.mode === 'macvlan') return [];
      const path = ['attachments', at];
      const who = containerText(about.container);
      const container = containerOf(snapshot, about.container, about.lasting === true);
      if (typeof container !== 'string') return [{ about, path, who, container }];
      blocks.push({ path: [...path, 'container'], text: container });
      return [];
    })
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const wanted: WantedAttachment[] = [];
  const claim = (one: Named, found: Found | string) => {
    const block = (text: string) => void blocks.push({ path: [...one.path, 'vf'], text });
    if (typeof found === 'string') return block(`${one.who}: ${found}`);
    const label = found.index < 0 ? labelOf(found.pf) : `VF ${found.index} of ${labelOf(found.pf)}`;
    if (wanted.some(({ pf, index }) => pf.pci === found.pf.pci && index === found.index))
      return block(`${label} would be attached twice.`);
    wanted.push({ ...one, ...found, label });
  };
  const isPicked = ({ about: { vf } }: Named) => typeof vf !== 'string';
  for (const one of named.filter((other) => !isPicked(other)))
    claim(one, namedFunction(snapshot, adapters, one.about));
  for (const one of named.filter(isPicked)) claim(one, freeOf(snapshot, adapters, wanted, one));
  return { wanted, blocks };
}

const orderOf = ({ who, about }: Named): string =>
  `${who} ${about.container.engine ?? ''} ${about.interface?.name ?? ''}`;
const labelOf = ({ name, pci }: PhysicalFunction): string => name ?? pci;

/** The container that is named in full; a text is why there is none. */
export function containerOf(
  snapshot: HostSnapshot,
  { engine, name, compose, label }: DeclaredContainer,
  mayBeMissing: boolean,
): Container | undefined | string {
  if (name !== undefined) {
    const found = resolveContainer(snapshot, name, engine);
    const is = !isRefusal(found) && (found.name === name || found.id === name);
    if (is) return found;
    if (mayBeMissing) return undefined;
    return isRefusal(found) ? found.reason : `There is no container "${name}" on ${snapshot.host.id}.`;
  }
  if (label !== undefined) return undefined;
  const those = snapshot.containers.filter(
    ({ composeProject, composeService, ...one }) =>
      composeProject === compose?.project &&
      composeService === compose?.service &&
      (engine === undefined || one.engine === engine) &&
      isRunning(one as Container),
  );
  const who = `${compose?.project}/${compose?.service}`;
  if (those.length > 1)
    return `${those.length} containers of ${who} are running; a VF can be attached to one only.`;
  return those[0] ?? (mayBeMissing ? undefined : `No container of ${who} is running on ${snapshot.host.id}.`);
}

export type Found = Pick<WantedAttachment, 'pf' | 'index' | 'vf'>;

/** The function that is named; a text is why there is none. */
export function namedFunction(
  snapshot: HostSnapshot,
  adapters: readonly WantedAdapter[],
  { vf: given, mode }: DeclaredAttachment,
): Found | string {
  if (typeof given !== 'string') return 'no VF is named.';
  if (mode === 'pf') return wholeNamed(snapshot, given);
  const [, name = '', index] = /^(.+)[#:](\d{1,4})$/.exec(given) ?? [];
  if (index === undefined) {
    const there = vfAt(snapshot, given.toLowerCase());
    return there
      ? { pf: there.pf, index: there.vf.index, vf: there.vf }
      : mode === 'macvlan'
        ? wholeNamed(snapshot, given)
        : `There is no VF ${given}; name a VF that does not exist yet as PF#INDEX.`;
  }
  const pf = resolvePf(snapshot, name);
  if (isRefusal(pf)) return pf.reason;
  const count = adapters.find((one) => one.pf.pci === pf.pci)?.count ?? pf.numVfs ?? 0;
  return Number(index) < count
    ? { pf, index: Number(index), vf: pf.vfs.find((vf) => vf.index === Number(index)) }
    : `${labelOf(pf)} has no VF ${index}: it has ${count} VFs.`;
}

function wholeNamed(snapshot: HostSnapshot, given: string): Found | string {
  const held = resolveHeld(snapshot, given);
  const pf = !isRefusal(held) && held.vf.pci === held.pf.pci ? held.pf : resolvePf(snapshot, given);
  return isRefusal(pf) ? pf.reason : { pf, index: -1, vf: wholePf(pf, snapshot) };
}
