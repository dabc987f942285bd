import {
  measureNames,
  measures,
  type CounterName,
  type Counts,
  type Direction,
  type Measure,
  type Rates,
} from './counter';
import type { Reading } from './reading';

/** By how much the counters of a device grew between two readings. */
export interface Growth {
  seconds: number;
  grown: Partial<Record<CounterName, number>>;
}

/**
 * Undefined if nothing can be said: it is another device, it counts from zero again, or the host was rebooted. A counter
 * that wraps continues at zero; then it is the only one that fell.
 */
export function growthOf(before: Reading, now: Reading): Growth | undefined {
  const seconds = (now.at - before.at) / 1000;
  if (seconds <= 0 || before.device !== now.device) return undefined;
  const grown: Growth['grown'] = {};
  let falls = 0;
  for (const name of Object.keys(now.counts) as CounterName[]) {
    const old = before.counts[name];
    const fresh = now.counts[name];
    if (old === undefined || fresh === undefined) continue;
    if (fresh < old) falls += 1;
    const by = fresh >= old ? fresh - old : pastFull(old, fresh);
    if (by === undefined) return undefined;
    grown[name] = Number(by);
  }
  return falls > 1 ? undefined : { seconds, grown };
}

/** By how much a counter of 32 or 64 bits grew that wrapped; undefined if it can't have. */
function pastFull(old: bigint, fresh: bigint): bigint | undefined {
  const size = [1n << 32n, 1n << 64n].find((one) => old < one && old >= one / 2n);
  return size !== undefined && fresh < size / 2n ? size - old + fresh : undefined;
}

export function ratesOf(growth: Growth): Rates {
  const rates = {} as Rates;
  for (const measure of measureNames)
    rates[measure] = { rx: rateOf(growth, measure, 'rx'), tx: rateOf(growth, measure, 'tx') };
  return rates;
}

/** The sum of those that are counted; `null` if none is. */
function rateOf({ seconds, grown }: Growth, measure: Measure, direction: Direction): number | null {
  const { times, [direction]: names } = measures[measure];
  let sum: number | null = null;
  for (const name of names as readonly CounterName[]) {
    const by = grown[name];
    if (by !== undefined) sum = (sum ?? 0) + by;
  }
  return sum === null ? null : (sum * times) / seconds;
}

/** The counters for JSON; no device counts beyond what a number holds exactly in years. */
export const plainCounts = (counts: Counts): Partial<Record<CounterName, number>> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)]));
