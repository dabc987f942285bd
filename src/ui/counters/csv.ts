import { directions, measureNames } from '../../model/counters/counter';
import type { SeriesKey } from '../../model/counters/reading';
import type { Tracker } from '../../model/counters/tracker';
import type { HostSnapshot } from '../../model/snapshot';
import { oneLine } from '../hostText';
import { functionTitle } from '../tree/vfState';

const columns = measureNames.flatMap((measure) =>
  directions
    .filter((direction) => measure !== 'multicast' || direction === 'rx')
    .map((direction) => ({ measure, direction })),
);

/** The samples since a moment, one a line, as rates per second; empty where nothing is known. */
export function csvOf(
  tracker: Tracker,
  snapshot: HostSnapshot,
  keys: readonly SeriesKey[],
  from: number,
): string {
  const heading = [
    ...['time', 'pci', 'function', 'side'],
    ...columns.map(({ measure, direction }) => [direction, measure].join('_')),
  ];
  const rows = keys.flatMap((key) => {
    const [side = '', pci = ''] = key.split(' ');
    const head = [pci, functionTitle(snapshot, pci), side];
    return [...tracker.history.since(key, from)].map(({ time, rate }) => [
      new Date(time).toISOString(),
      ...head,
      ...columns.map((line) => rate(line) ?? ''),
    ]);
  });
  return [heading, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** A spreadsheet takes what begins like that for a formula. */
const formula = /^[=+\-@\t\r]/;

function cell(value: string | number): string {
  const text = oneLine(String(value));
  const safe = typeof value === 'string' && formula.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
