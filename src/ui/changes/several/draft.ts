import type { Container } from '../../../model/container';
import type { VirtualFunction } from '../../../model/functions';
import type { HostSnapshot } from '../../../model/snapshot';
import { emptyAnswers, type Answers } from '../answers';
import { emptyDraft, type AttachDraft, type Then } from '../attachDraft';
import { addressesBy } from './addresses';
import { namesBy } from './names';

/** What is known so far of several attachments. Of the answers, the name is a pattern, and the addresses are pools. */
export interface SeveralDraft extends Answers {
  vfs: VirtualFunction[];
  /** One that gets them all, or one for each. */
  containers: Container[];
  /** Where they go, as it is asked: one of several is one for each. */
  to?: Container | 'each';
  /** What answers everything else at once; `ask`: nothing does. */
  start?: Answers | 'ask';
  then: Then;
}

export const emptySeveral: SeveralDraft = { ...emptyAnswers, vfs: [], containers: [], then: 'attach' };

/** Who gets what. */
export interface Pair {
  vf: VirtualFunction;
  container: Container;
}

export const pairsOf = ({ vfs, containers }: Pick<SeveralDraft, 'vfs' | 'containers'>): Pair[] =>
  vfs.flatMap((vf, at) => {
    const container = containers.length === 1 ? containers[0] : containers[at];
    return container ? [{ vf, container }] : [];
  });

/** Each attachment by itself, with all that was answered. A text is why it can't be told. */
export function attachmentsOf(snapshot: HostSnapshot, draft: SeveralDraft): AttachDraft[] | string {
  const { name, addresses: pools, gateway, vlan, trust, mtu } = draft;
  const pairs = pairsOf(draft);
  const names = namesOf(name, pairs);
  if (typeof names === 'string') return names;
  const addresses = addressesBy(pools, snapshot, pairs.length, gateway === '' ? [] : [gateway]);
  if (typeof addresses === 'string') return addresses;
  return pairs.map((pair, at) => ({
    ...{ ...emptyDraft, ...pair, vlan, trust, mtu },
    name: names[at] ?? '',
    addresses: addresses[at]?.join(' ') ?? '',
    // A network namespace has one default route.
    gateway: at === pairs.findIndex((other) => namespaceOf(other) === namespaceOf(pair)) ? gateway : '',
  }));
}

/** The name that each gets inside, in their order; empty where it keeps the one it has. A text is what is wrong with the pattern. */
export function namesOf(pattern: string, pairs: Pair[]): string[] | string {
  if (pattern === '') return pairs.map(() => '');
  const names: string[] = [];
  for (const namespace of new Set(pairs.map(namespaceOf))) {
    const here = pairs.filter((pair) => namespaceOf(pair) === namespace);
    const found = namesBy(pattern, takenIn(here), here.length);
    if (typeof found === 'string') return found;
    here.forEach((pair, at) => (names[pairs.indexOf(pair)] = found[at] ?? ''));
  }
  return names;
}

/** Containers may share one. */
const namespaceOf = ({ container }: Pair): string =>
  container.netnsInode === null ? container.id : `${container.netnsInode}`;

/** The names that the interfaces of containers have. */
export const takenIn = (pairs: Pair[]): string[] =>
  pairs.flatMap(({ container }) => container.interfaces.flatMap((one) => [one.name, ...one.altnames]));
