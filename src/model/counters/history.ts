import type { Direction, Measure, Rates } from './counter';
import type { SeriesKey } from './reading';
import { Ring, sampleBytes } from './ring';

/** Milliseconds; nothing older is ever shown. */
export const longestWindow = 3_600_000;

/** The samples, for as long as they may be shown, within a limit of memory. */
export class History {
  private readonly rings = new Map<SeriesKey, Ring>();

  constructor(private readonly limits: { bytes: number; everyMs: number }) {}

  get bytes(): number {
    return [...this.rings.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  push(key: SeriesKey, time: number, rates: Rates | undefined): void {
    let ring = this.rings.get(key);
    if (!ring) {
      ring = new Ring(this.share(this.rings.size + 1));
      this.rings.set(key, ring);
      for (const one of this.rings.values()) one.shrink(this.share(this.rings.size));
    }
    ring.push(time, rates);
  }

  forget(key: SeriesKey): void {
    this.rings.delete(key);
  }

  since(key: SeriesKey, from: number): ReturnType<Ring['since']> | [] {
    return this.rings.get(key)?.since(from) ?? [];
  }

  /** How many samples each of that many series may have. */
  private share(count: number): number {
    const shown = Math.ceil(longestWindow / this.limits.everyMs) + 1;
    return Math.max(1, Math.min(shown, Math.floor(this.limits.bytes / (count * sampleBytes))));
  }
}

/** The samples of several series at their common moments. */
export interface Window {
  times: number[];
  values: (number | null)[][];
}

export function windowOf(
  history: History,
  keys: readonly SeriesKey[],
  line: { measure: Measure; direction: Direction },
  from: number,
): Window {
  const columns = keys.map(
    (key) => new Map([...history.since(key, from)].map(({ time, rate }) => [time, rate(line)])),
  );
  const times = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  return { times, values: columns.map((column) => times.map((time) => column.get(time) ?? null)) };
}
