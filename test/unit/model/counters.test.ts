import { describe, expect, test } from 'vitest';
import { rateText, sparkline } from '../../../src/model/counters/amount';
import type { Counts } from '../../../src/model/counters/counter';
import { decimated } from '../../../src/model/counters/decimate';
import { growthOf, ratesOf } from '../../../src/model/counters/growth';
import { hintsFor } from '../../../src/model/counters/hints';
import { windowOf } from '../../../src/model/counters/history';
import { seriesKey, type Reading } from '../../../src/model/counters/reading';
import { sampleBytes } from '../../../src/model/counters/ring';
import { Tracker } from '../../../src/model/counters/tracker';

const pci = '0000:01:10.0';
const reading = (seconds: number, counts: Counts, more: Partial<Reading> = {}): Reading => ({
  ...{ pci, side: 'own', at: seconds * 1000, device: 'host 7', counts },
  ...more,
});
const bits = { measure: 'bits', direction: 'rx' } as const;
const mib = 1 << 20;

describe('what counters grew by', () => {
  const grew = (before: Counts, now: Counts, more: Partial<Reading> = {}) =>
    growthOf(reading(1, before), reading(2, now, more));

  test('is the difference, over the time that the host measured', () => {
    const growth = growthOf(
      reading(10, { rx_bytes: 1000n, tx_packets: 5n, rx_dropped: 1n, rx_missed_errors: 2n }),
      reading(12, { rx_bytes: 3500n, tx_packets: 9n, rx_dropped: 3n, rx_missed_errors: 8n }),
    );
    expect(growth).toMatchObject({ seconds: 2, grown: { rx_bytes: 2500, tx_packets: 4 } });
    const rates = ratesOf(growth!);
    expect(rates.bits).toEqual({ rx: 10_000, tx: null });
    expect(rates.packets).toEqual({ rx: null, tx: 2 });
    expect(rates.drops).toEqual({ rx: 4, tx: null });
  });

  test.each([
    ['32', (1n << 32n) - 100n, 150n],
    ['64', (1n << 64n) - 100n, 150n],
  ])('goes on where a counter of %s bits is full', (_, before, now) => {
    const growth = grew({ rx_bytes: before, rx_packets: 10n }, { rx_bytes: now, rx_packets: 12n });
    expect(growth?.grown).toEqual({ rx_bytes: 250, rx_packets: 2 });
  });

  test.each<[string, Counts, Counts]>([
    ['all fell', { rx_bytes: 3_000_000_000n, rx_packets: 900n }, { rx_bytes: 5n, rx_packets: 1n }],
    ['one fell that was not full', { rx_bytes: 1000n, rx_packets: 2n }, { rx_bytes: 10n, rx_packets: 3n }],
    ['one fell to more than the half', { rx_bytes: 4_000_000_000n }, { rx_bytes: 3_000_000_000n }],
  ])('is not known after a reset: %s', (_, before, now) => {
    expect(grew(before, now)).toBeUndefined();
  });

  test('is not known of another device, or of a host that was booted meanwhile', () => {
    const counts = { rx_bytes: 5n };
    expect(grew(counts, { rx_bytes: 9n }, { device: '4026532 7' })).toBeUndefined();
    expect(grew(counts, { rx_bytes: 9n }, { device: 'host 8' })).toBeUndefined();
    expect(growthOf(reading(100, counts), reading(3, { rx_bytes: 9n }))).toBeUndefined();
    expect(growthOf(reading(100, counts), reading(100, counts))).toBeUndefined();
  });
});

describe('a host that is counted for a while', () => {
  const key = seriesKey({ side: 'own', pci });
  const values = (tracker: Tracker) => windowOf(tracker.history, [key], bits, 0).values[0];

  test('a VF that changes its namespace, a reset and frames that were missed make no spikes', () => {
    const tracker = new Tracker(1000, mib, () => 0);
    const at = (second: number, bytes: number, device = 'host 7') =>
      tracker.take({ readings: [reading(second, { rx_bytes: BigInt(bytes) }, { device })] });
    at(1, 1_000_000);
    at(2, 1_000_125);
    at(3, 1_000_250, '4026532281 7');
    at(4, 1_000_375, '4026532281 7');
    at(5, 100, '4026532281 7');
    at(6, 225, '4026532281 7');
    at(60, 9_000_000, '4026532281 7');
    at(61, 9_000_125, '4026532281 7');
    expect(values(tracker)).toEqual([null, 1000, null, 1000, null, 1000, null, 1000]);
  });

  test('clocks that are set move nothing', () => {
    let clock = 1_000_000;
    const tracker = new Tracker(1000, mib, () => clock);
    tracker.take({ readings: [reading(1, { rx_bytes: 0n })] });
    clock -= 500_000;
    tracker.take({ readings: [reading(2, { rx_bytes: 125n })] });
    clock += 9_000_000;
    tracker.take({ readings: [reading(3, { rx_bytes: 250n })] });
    expect(windowOf(tracker.history, [key], bits, 0)).toEqual({
      times: [1_000_000, 1_001_000, 1_002_000],
      values: [[null, 1000, 1000]],
    });
    // Booted again, it goes on after what was seen before, whatever our clock says.
    clock = 5;
    tracker.take({ readings: [reading(1, { rx_bytes: 0n })] });
    expect(tracker.time).toBe(1_002_001);
  });

  test('PF and VF are two series, and nothing is the sum of both', () => {
    const tracker = new Tracker(1000, mib, () => 0);
    for (const second of [1, 2])
      tracker.take({
        readings: (['own', 'pf'] as const).map((side) =>
          reading(second, { rx_bytes: BigInt(second * (side === 'own' ? 100 : 125)) }, { side }),
        ),
      });
    expect(tracker.keys.map((one) => tracker.now(one)?.rates?.bits.rx)).toEqual([800, 1000]);
  });

  test('a day of samples stays within the memory that it may have', () => {
    const bytes = 128 << 10;
    const tracker = new Tracker(1000, bytes, () => 0);
    const functions = Array.from({ length: 4 }, (_, index) => `0000:01:10.${index}`);
    let most = 0;
    for (let second = 0; second < 86_400; second += 1) {
      tracker.take({
        readings: functions.map((one) => reading(second, { rx_bytes: BigInt(125 * second) }, { pci: one })),
      });
      if (second % 60 === 0) most = Math.max(most, tracker.history.bytes);
    }
    expect(most).toBeLessThanOrEqual(bytes);
    const kept = windowOf(tracker.history, [seriesKey({ side: 'own', pci: functions[3]! })], bits, 0);
    expect(kept.times.length).toBe(Math.floor(bytes / 4 / sampleBytes));
    expect(kept.times.at(-1)).toBe(86_399_000);
    expect(new Set(kept.values[0])).toEqual(new Set([1000]));
  });

  test('with room enough an hour is kept, and no more', () => {
    const tracker = new Tracker(1000, 16 * mib, () => 0);
    for (let second = 0; second < 9000; second += 1)
      tracker.take({ readings: [reading(second, { rx_bytes: BigInt(second) })] });
    expect(values(tracker)).toHaveLength(3601);
  });

  test('a function that is gone for longer than is shown takes no more memory', () => {
    const tracker = new Tracker(60_000, mib, () => 0);
    tracker.take({ readings: [reading(0, { rx_bytes: 0n }), reading(0, {}, { pci: '0000:01:10.1' })] });
    const before = tracker.history.bytes;
    for (let second = 60; second < 4000; second += 60) tracker.take({ readings: [reading(second, {})] });
    tracker.take({ readings: [reading(4000, {})] });
    expect(
      windowOf(tracker.history, [seriesKey({ side: 'own', pci: '0000:01:10.1' })], bits, 0).times,
    ).toEqual([]);
    expect(tracker.history.bytes).toBeLessThan(2 * before);
  });
});

describe('fewer samples', () => {
  const times = Array.from({ length: 3600 }, (_, index) => index * 1000);

  test('have every peak, every low and every gap', () => {
    const line = times.map((_, index) => (index === 1234 ? 99 : index === 2345 ? -7 : 1));
    const gap = times.map((_, index) => (index > 1000 && index < 2000 ? null : 2));
    const { times: fewer, values } = decimated({ times, values: [line, gap] }, 300);
    expect(fewer.length).toBeLessThanOrEqual(300);
    expect(fewer).toEqual([...fewer].sort((a, b) => a - b));
    expect(new Set(fewer).size).toBe(fewer.length);
    expect(Math.max(...values[0]!.map((one) => one ?? 0))).toBe(99);
    expect(Math.min(...values[0]!.map((one) => one ?? 0))).toBe(-7);
    expect(values[1]!.filter((one) => one === null).length).toBeGreaterThan(50);
    expect(values.map(({ length }) => length)).toEqual([fewer.length, fewer.length]);
  });

  test('are not made of a few', () => {
    const few = { times: [1, 2, 3], values: [[1, null, 3]] };
    expect(decimated(few, 300)).toEqual(few);
  });
});

test.each([
  [0, 'bits', '0 b/s'],
  [0.25, 'packets', '0.25 /s'],
  [7, 'packets', '7 /s'],
  [999, 'drops', '999 /s'],
  [999.9, 'bits', '1.00 kb/s'],
  [1_250_000, 'bits', '1.25 Mb/s'],
  [98_765_432_100, 'bits', '98.8 Gb/s'],
  [null, 'bits', '–'],
] as const)('%s of %s is %s', (rate, measure, text) => {
  expect(rateText(rate, measure)).toBe(text);
});

test('a line of text shows how it went', () => {
  expect(sparkline([0, 1, 7, null, 3.5])).toBe('▁▂█ ▅');
  expect(sparkline([0, 0])).toBe('▁▁');
});

describe('what grows that should not', () => {
  test('is told with what it means and what to do', () => {
    const [hint, ...others] = hintsFor('own', { rx_missed_errors: 5, rx_bytes: 9 });
    expect(others).toEqual([]);
    expect(hint).toMatchObject({ counter: 'rx_missed_errors', grown: 5 });
    expect(hint?.means).toMatch(/out of buffers/);
    expect(hint?.advice).toMatch(/ethtool -G/);
    expect(hintsFor('pf', { tx_dropped: 1 })[0]?.means).toMatch(/spoof check.*VLAN filter/);
    expect(hintsFor('own', { rx_crc_errors: 1 })[0]?.advice).toMatch(/cable/);
  });

  test('is told by the part that says why, and by the sum only where none does', () => {
    const counters = (grown: Parameters<typeof hintsFor>[1]) =>
      hintsFor('own', grown).map(({ counter }) => counter);
    expect(counters({ rx_errors: 3, rx_crc_errors: 3 })).toEqual(['rx_crc_errors']);
    expect(counters({ rx_errors: 3, tx_carrier_errors: 3 })).toEqual(['tx_carrier_errors', 'rx_errors']);
    expect(counters({ rx_errors: 3 })).toEqual(['rx_errors']);
  });

  test('is told for a minute', () => {
    const tracker = new Tracker(1000, mib, () => 0);
    const key = seriesKey({ side: 'own', pci });
    const dropped = (second: number, count: bigint) =>
      tracker.take({ readings: [reading(second, { rx_dropped: count })] });
    dropped(1, 100n);
    dropped(2, 103n);
    expect(tracker.hints(key)).toEqual([expect.objectContaining({ counter: 'rx_dropped', grown: 3 })]);
    for (let second = 3; second < 62; second += 1) dropped(second, 103n);
    expect(tracker.hints(key)).toHaveLength(1);
    dropped(63, 103n);
    expect(tracker.hints(key)).toEqual([]);
  });
});
