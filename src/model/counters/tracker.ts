import type { CounterName, Counts, Rates } from './counter';
import { growthOf, ratesOf, type Growth } from './growth';
import { hinted, hintsFor, type Hint } from './hints';
import { History, longestWindow } from './history';
import { seriesKey, type Frame, type Reading, type SeriesKey } from './reading';

/** The last reading of one side of a function. */
export interface Now {
  counts: Counts;
  /** Undefined until there are two readings that can be compared. */
  growth: Growth | undefined;
  rates: Rates | undefined;
}

/** Milliseconds for which a growth is reported. */
const hintedFor = 60_000;

/** Turns readings into rates, keeps them for a while, and reports counters that grow and should not. */
export class Tracker {
  readonly history: History;
  /** The moment of the last frame, in milliseconds of this machine's clock. */
  time: number | undefined;
  private readonly before = new Map<SeriesKey, { reading: Reading; time: number }>();
  private readonly last = new Map<SeriesKey, Now>();
  private readonly grown = new Map<SeriesKey, { time: number; counter: CounterName; by: number }[]>();
  /** The offset from the host's clock to ours; set once, so that setting a clock doesn't matter. */
  private ahead: number | undefined;
  private newest = -Infinity;

  constructor(
    private readonly everyMs: number,
    bytes: number,
    private readonly clock: () => number = Date.now,
  ) {
    this.history = new History({ bytes, everyMs });
  }

  take({ readings }: Frame): void {
    const [first] = readings;
    if (!first) return;
    const time = this.timeOf(Math.min(...readings.map(({ at }) => at)));
    this.last.clear();
    for (const reading of readings) this.takeOne(seriesKey(reading), reading, time);
    for (const [key, { time: seen }] of this.before) if (time - seen > longestWindow) this.forget(key);
  }

  now(key: SeriesKey): Now | undefined {
    return this.last.get(key);
  }

  /** Those that were counted in the last frame. */
  get keys(): SeriesKey[] {
    return [...this.last.keys()];
  }

  /** What grew in the last minute. */
  hints(key: SeriesKey): Hint[] {
    const [side = 'own'] = key.split(' ') as ['own' | 'pf'];
    const sums: Partial<Record<CounterName, number>> = {};
    for (const { time, counter, by } of this.grown.get(key) ?? [])
      if (time > (this.time ?? 0) - hintedFor) sums[counter] = (sums[counter] ?? 0) + by;
    return hintsFor(side, sums);
  }

  private takeOne(key: SeriesKey, reading: Reading, time: number): void {
    const before = this.before.get(key);
    const growth = before && growthOf(before.reading, reading);
    // Nothing is known about the time of missed frames.
    const isNear = growth !== undefined && growth.seconds * 1000 <= 3 * this.everyMs + 1000;
    const rates = isNear ? ratesOf(growth) : undefined;
    this.last.set(key, { counts: reading.counts, growth, rates });
    this.history.push(key, time, rates);
    this.before.set(key, { reading, time });
    if (growth) this.note(key, growth.grown, time);
  }

  private note(key: SeriesKey, grown: Growth['grown'], time: number): void {
    const fresh = hinted.flatMap((counter) => {
      const by = grown[counter] ?? 0;
      return by > 0 ? [{ time, counter, by }] : [];
    });
    const kept = this.grown.get(key)?.filter((one) => one.time > time - hintedFor) ?? [];
    this.grown.set(key, [...kept, ...fresh]);
  }

  private forget(key: SeriesKey): void {
    this.before.delete(key);
    this.grown.delete(key);
    this.history.forget(key);
  }

  private timeOf(at: number): number {
    const isFirst = this.ahead === undefined || at < this.newest;
    this.newest = at;
    if (isFirst) this.ahead = Math.max(this.clock(), (this.time ?? -Infinity) + 1) - at;
    this.time = at + (this.ahead ?? 0);
    return this.time;
  }
}
