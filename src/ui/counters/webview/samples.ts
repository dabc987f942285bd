import { directions, type Direction, type Measure, type Rates } from '../../../model/counters/counter';
import type { Window } from '../../../model/counters/history';

/** What the pictures are drawn from: what the extension had, and every sample since. */
export class Samples {
  private windows: Record<Direction, Window> = { rx: none(), tx: none() };

  /** When the newest was. */
  get last(): number {
    return this.windows.rx.times.at(-1) ?? 0;
  }

  replace(windows: Record<Direction, Window>): void {
    this.windows = { rx: windows.rx, tx: windows.tx };
  }

  /** One more; what is older than the window goes. */
  add(time: number, now: (Rates | null)[], measure: Measure, window: number): void {
    if (time <= this.last) return;
    for (const direction of directions) {
      const { times, values } = this.windows[direction];
      times.push(time);
      now.forEach((rates, index) => (values[index] ??= []).push(rates?.[measure][direction] ?? null));
      const old = times.findIndex((one) => one >= time - window);
      for (const all of [times, ...values]) all.splice(0, old);
    }
  }

  of(direction: Direction): Window {
    return this.windows[direction];
  }

  /** The highest of each line. */
  peaks(direction: Direction): (number | null)[] {
    return this.windows[direction].values.map((values) => {
      const known = values.filter((value) => value !== null);
      return known.length === 0 ? null : known.reduce((high, value) => Math.max(high, value), 0);
    });
  }
}

const none = (): Window => ({ times: [], values: [] });
