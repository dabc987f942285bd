import { rateText } from '../../model/counters/amount';
import { directions, type Measure, type Rates } from '../../model/counters/counter';
import { seriesKey, type SeriesKey } from '../../model/counters/reading';
import type { Tracker } from '../../model/counters/tracker';
import { whyUncounted, type Uncounted } from '../../model/counters/uncounted';
import type { PciAddress, VirtualFunction } from '../../model/functions';
import { allFunctions, pfOf, type HostSnapshot } from '../../model/snapshot';
import { filled } from '../shown/filled';
import { styled, type Line, type Piece, type View } from '../shown/styled';
import { table, type Row } from '../shown/table';
import { sidesOf } from './sides';

/** The rates of a sample, then what can't be counted, and why. */
export function countersText(
  tracker: Tracker,
  snapshot: HostSnapshot,
  functions: readonly PciAddress[],
  view: View,
): Line[] {
  const all = allFunctions(snapshot).filter(({ pci }) => functions.length === 0 || functions.includes(pci));
  const rows = all.flatMap(({ pci }) =>
    sidesOf(tracker, pci).map((side) => {
      const key = seriesKey({ side, pci });
      return { key, rates: tracker.now(key)?.rates };
    }),
  );
  const uncounted = all.flatMap((one): Line[] => {
    const why = whyUncounted(snapshot, one.pci);
    return why ? [[styled('quiet', `${titleOf(snapshot, one)}: ${reasons[why]}`)]] : [];
  });
  return [...rateTable(snapshot, rows, view), ...uncounted];
}

const reasons: Record<Uncounted, string> = {
  'no-device':
    'it has no network device with counters; its adapter counts for it, if the driver supports that.',
  'needs-root': 'its counters inside the container need root.',
};

/** A table with one row for each side of a function. */
export const rateTable = (
  snapshot: HostSnapshot,
  rows: readonly { key: SeriesKey; rates: Rates | undefined }[],
  view: View,
): Line[] => table([headings, ...rows.map(({ key, rates }) => row(snapshot, key, rates))], view).flat();

const headings: Row = {
  cells: ['FUNCTION', 'WHERE', 'IN', 'OUT', 'PACKETS IN', 'OUT', 'DROPS', 'ERRORS', 'MULTICAST'].map((text) =>
    styled('quiet', text),
  ),
};

function row(snapshot: HostSnapshot, key: SeriesKey, rates: Rates | undefined): Row {
  const [side, pci] = key.split(' ');
  const one = allFunctions(snapshot).find((other) => other.pci === pci);
  return {
    cells: [
      one ? titleOf(snapshot, one) : (pci ?? ''),
      side === 'pf' ? 'as its adapter counts' : one ? where(one) : '',
      ...directions.map((direction) => amount(rates, 'bits', direction)),
      ...directions.map((direction) => amount(rates, 'packets', direction)),
      bad(rates, 'drops'),
      bad(rates, 'errors'),
      amount(rates, 'multicast', 'rx'),
    ],
  };
}

const amount = (rates: Rates | undefined, measure: Measure, direction: 'rx' | 'tx'): Piece =>
  rateText(rates?.[measure][direction] ?? null, measure);

/** Both directions in one. */
function bad(rates: Rates | undefined, measure: 'drops' | 'errors'): Piece {
  const known = directions.flatMap((direction) => rates?.[measure][direction] ?? []);
  const sum = known.reduce((all, one) => all + one, 0);
  const text = rateText(known.length === 0 ? null : sum, measure);
  return sum > 0 ? styled('bad', text) : text;
}

function titleOf(snapshot: HostSnapshot, one: VirtualFunction): string {
  const pf = pfOf(snapshot, one);
  return pf ? `${pf.name ?? pf.pci}:${one.index}` : (one.name ?? one.pci);
}

function where({ name, holder }: VirtualFunction): Piece {
  if (holder.kind === 'container' || holder.kind === 'netns')
    return styled('good', `${name} in ${holder.name ?? holder.netnsInode}`);
  return name ?? '-';
}

/** Counters that grow and should not, and what that means. */
export const hintLines = (tracker: Tracker, snapshot: HostSnapshot, { columns }: View): Line[] =>
  tracker.keys.flatMap((key) => {
    const one = allFunctions(snapshot).find(({ pci }) => key.endsWith(` ${pci}`));
    const title = one ? titleOf(snapshot, one) : key;
    return tracker
      .hints(key)
      .flatMap(({ counter, grown, means, advice }): Line[] => [
        [],
        [styled('doubtful', `${title}: ${counter} grew by ${grown} in the last minute.`)],
        ...filled(`${means} ${advice}`, columns, 2).map((line) => [line]),
      ]);
  });
