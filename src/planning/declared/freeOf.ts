import type { Container } from '../../model/container';
import { rangeOf, type DeclaredAttachment } from '../../model/declared/declared';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { isMeant, keptOf } from '../kept/keptFor';
import type { WantedAdapter } from './adapters';

interface Claim {
  pf: PhysicalFunction;
  index: number;
}
interface Who {
  about: DeclaredAttachment;
  container?: Container;
  who: string;
}

/**
 * A VF of the group that is free for this container; a text is why there is none. The one that it has already, or that is kept for it,
 * stays the one, so that the choice is made once.
 */
export function freeOf(
  snapshot: HostSnapshot,
  adapters: readonly WantedAdapter[],
  claimed: readonly Claim[],
  { about, container }: Who,
): (Claim & { vf?: VirtualFunction }) | string {
  const name = typeof about.vf === 'string' ? '' : about.vf.resourceName;
  const candidates = adapters.flatMap(({ pf, about: { vfGroups = [] }, count }) =>
    vfGroups
      .filter(({ resourceName }) => resourceName === name)
      .flatMap(({ vfRange }) => {
        const { from, to } = rangeOf(vfRange);
        return Array.from({ length: Math.max(0, Math.min(to, count - 1) - from + 1) }, (_, at) => from + at);
      })
      .filter((index) => !claimed.some((one) => one.pf.pci === pf.pci && one.index === index))
      .map((index) => ({ pf, index, vf: pf.vfs.find((vf) => vf.index === index) })),
  );
  const has = candidates.filter(({ vf }) => container && vf && vf.holder.containerId === container.id);
  const asNamed = has.find(
    ({ vf }) => about.interface?.name === undefined || vf?.name === about.interface.name,
  );
  const kept = candidates.find(({ vf }) => vf && container && isKeptFor(snapshot, vf, container));
  return (
    asNamed ??
    has[0] ??
    kept ??
    candidates.find(({ vf }) => vf === undefined || isFree(snapshot, vf, container)) ??
    `No VF of the group "${name}" is free.`
  );
}

function isKeptFor(snapshot: HostSnapshot, vf: VirtualFunction, container: Container): boolean {
  const kept = keptOf(snapshot, vf.pci);
  return kept !== undefined && isMeant(kept.intent, container);
}

/** Neither a container nor a program has it, and the host does nothing with it. */
const isFree = (snapshot: HostSnapshot, vf: VirtualFunction, container: Container | undefined): boolean =>
  (vf.holder.kind === 'host' || (vf.holder.kind === 'none' && vf.driver === null)) &&
  vf.addresses.length === 0 &&
  vf.master === null &&
  !snapshot.macvlans.some(({ on }) => on === vf.pci) &&
  vf.protectedBecause.length === 0 &&
  (keptOf(snapshot, vf.pci) === undefined || (container !== undefined && isKeptFor(snapshot, vf, container)));
