import type { Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Kept } from '../../model/lasting/kept';
import type { HostSnapshot } from '../../model/snapshot';
import { searchables, type Searchable } from './searchables';

/** The parts of a host that pass a filter. */
export interface Found {
  vfs: Some<VirtualFunction>;
  pfs: Some<PhysicalFunction>;
  containers: Some<Container>;
  /** Attachments that last. */
  kept: Some<Kept>;
}
type Some<T> = Pick<ReadonlySet<T>, 'has'>;

const everything: Some<unknown> = { has: () => true };

/** The words of a filter, each of which must be found. */
interface Wanted {
  words: string[];
  vlan: number | undefined;
  free: boolean;
  running: boolean;
}

/** A word with a meaning: `is:free`, `is:running`, and `vlan:42`, which is also understood as `vlan 42` and `vlan42`. */
const meanings = /(?<!\S)(?:is:(free|running)|vlan[ :=]?(\d+))(?!\S)/gi;

function wantedBy(text: string): Wanted {
  const all = [...text.matchAll(meanings)];
  const is = (word: string) => all.some(([, one]) => one?.toLowerCase() === word);
  const vlan = all.map(([, , id]) => id).find((id) => id !== undefined);
  return {
    words: text.replace(meanings, ' ').toLowerCase().split(/\s+/).filter(Boolean),
    vlan: vlan === undefined ? undefined : Number(vlan),
    free: is('free'),
    running: is('running'),
  };
}

/** The last result for a snapshot: all views ask for the same one after the other. */
const asked = new WeakMap<HostSnapshot, { text: string; found: Found }>();

/** Adapters with their VFs, and containers; a condition that doesn't apply to a kind of things is ignored for it. */
export function found(snapshot: HostSnapshot, text: string): Found {
  if (!isFiltering(text))
    return { vfs: everything, pfs: everything, containers: everything, kept: everything };
  const last = asked.get(snapshot);
  if (last?.text === text) return last.found;
  const now = look(snapshot, wantedBy(text));
  asked.set(snapshot, { text, found: now });
  return now;
}

export const isFiltering = (text: string): boolean => text.trim() !== '';

function look(snapshot: HostSnapshot, wanted: Wanted): Found {
  const { of } = searchables(snapshot);
  const vfs = new Set(
    snapshot.pfs.flatMap((pf) =>
      pf.vfs.filter((vf) => matches(of(vf), wanted) && (!wanted.free || of(vf)?.isFree)),
    ),
  );
  const pfs = snapshot.pfs.filter(
    (pf) => pf.vfs.some((vf) => vfs.has(vf)) || (!wanted.free && matches(of(pf), wanted)),
  );
  const containers = snapshot.containers.filter(
    (one) => matches(of(one), wanted) && (!wanted.running || of(one)?.isRunning),
  );
  const kept = wanted.running ? [] : snapshot.kept.filter((one) => matches(of(one), wanted));
  return { vfs, pfs: new Set(pfs), containers: new Set(containers), kept: new Set(kept) };
}

function matches(one: Searchable | undefined, { words, vlan }: Wanted): boolean {
  if (!one || (vlan !== undefined && !one.vlans.includes(vlan))) return false;
  return words.every(
    (word) =>
      one.text.includes(word) || (word.length >= 4 && one.codes.some((code) => code.startsWith(word))),
  );
}

/** Toggles a word in the text. */
export function toggled(text: string, word: string): string {
  const words = text.split(/\s+/).filter(Boolean);
  return (words.includes(word) ? words.filter((one) => one !== word) : [...words, word]).join(' ');
}
