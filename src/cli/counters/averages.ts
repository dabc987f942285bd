import { growthOf, ratesOf } from '../../model/counters/growth';
import type { Rates } from '../../model/counters/counter';
import { seriesKey, type Frame, type Reading, type SeriesKey } from '../../model/counters/reading';

/** The rates between the first and the last time that something was counted. */
export class Averages {
  private readonly first = new Map<SeriesKey, Reading>();
  private readonly last = new Map<SeriesKey, Reading>();

  take({ readings }: Frame): void {
    for (const reading of readings) {
      const key = seriesKey(reading);
      if (!this.first.has(key)) this.first.set(key, reading);
      this.last.set(key, reading);
    }
  }

  get keys(): SeriesKey[] {
    return [...this.last.keys()];
  }

  /** Of the longest time that anything was counted. */
  get seconds(): number {
    return Math.max(
      0,
      ...[...this.last].map(([key, { at }]) => (at - (this.first.get(key)?.at ?? at)) / 1000),
    );
  }

  /** Undefined for counters that restarted in between. */
  of(key: SeriesKey): Rates | undefined {
    const [first, last] = [this.first.get(key), this.last.get(key)];
    const growth = first && last && growthOf(first, last);
    return growth && ratesOf(growth);
  }
}
