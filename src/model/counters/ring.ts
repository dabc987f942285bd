import { directions, measureNames, type Direction, type Measure, type Rates } from './counter';

/** One line of a chart. */
interface Line {
  measure: Measure;
  direction: Direction;
}

const lines: readonly Line[] = measureNames.flatMap((measure) =>
  directions.map((direction) => ({ measure, direction })),
);

/** Bytes of one sample: its moment, and a rate for each line. */
export const sampleBytes = Float64Array.BYTES_PER_ELEMENT + lines.length * Float32Array.BYTES_PER_ELEMENT;

/** The samples of one series; the oldest is dropped when there is no room. Memory is allocated as needed. */
export class Ring {
  private times = new Float64Array(0);
  private rates = new Float32Array(0);
  private first = 0;
  private count = 0;

  constructor(private limit: number) {}

  get bytes(): number {
    return this.times.byteLength + this.rates.byteLength;
  }

  /** `rates` undefined: nothing is known for that time, so no line crosses it. */
  push(time: number, rates: Rates | undefined): void {
    if (this.count === this.times.length && this.count < this.limit)
      this.resize(Math.min(this.limit, Math.max(32, 2 * this.count)));
    if (this.count === this.times.length) this.first = this.at(1);
    else this.count += 1;
    const at = this.at(this.count - 1);
    this.times[at] = time;
    lines.forEach(({ measure, direction }, line) => {
      this.rates[at * lines.length + line] = rates?.[measure][direction] ?? NaN;
    });
  }

  /** Sets how many samples it has room for. */
  shrink(limit: number): void {
    this.limit = limit;
    if (this.times.length > limit) this.resize(limit);
  }

  /** The samples from that time on. */
  *since(from: number): Generator<{ time: number; rate: (line: Line) => number | null }> {
    for (let index = 0; index < this.count; index += 1) {
      const at = this.at(index);
      const time = this.times[at] ?? 0;
      if (time < from) continue;
      yield { time, rate: ({ measure, direction }) => this.rate(at, measure, direction) };
    }
  }

  private rate(at: number, measure: Measure, direction: Direction): number | null {
    const line = measureNames.indexOf(measure) * directions.length + directions.indexOf(direction);
    const value = this.rates[at * lines.length + line];
    return value === undefined || Number.isNaN(value) ? null : value;
  }

  private at(index: number): number {
    return this.times.length === 0 ? 0 : (this.first + index) % this.times.length;
  }

  /** Keeps the newest. */
  private resize(room: number): void {
    const times = new Float64Array(room);
    const rates = new Float32Array(room * lines.length);
    const kept = Math.min(this.count, room);
    for (let index = 0; index < kept; index += 1) {
      const at = this.at(this.count - kept + index);
      times[index] = this.times[at] ?? 0;
      rates.set(this.rates.subarray(at * lines.length, (at + 1) * lines.length), index * lines.length);
    }
    this.times = times;
    this.rates = rates;
    this.first = 0;
    this.count = kept;
  }
}
