import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commandNamed, parse } from '../../../src/cli/parse';
import type { Context } from '../../../src/cli/context';
import { counters } from '../../../src/cli/counters/counters';
import { wanted } from '../../../src/cli/completion/wanted';
import { usage } from '../../../src/cli/help';
import { printer, type Stream } from '../../../src/cli/printer';
import { UsageError } from '../../../src/cli/usage';
import { HostError } from '../../../src/host/host';
import type { Counts } from '../../../src/model/counters/counter';
import type { Reading } from '../../../src/model/counters/reading';
import { host, pf, vf } from '../hosts/host';
import { FakeControl } from '../ui/fakeControl';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 2) }));
afterEach(() => void vi.useRealTimers());

const inside = { kind: 'container', containerId: 'c', netnsInode: 5, name: 'fw\u001b[2J' } as const;
const vfs = [
  vf(0),
  vf(1, { name: 'eth1', holder: inside }),
  vf(2, { name: null, driver: 'vfio-pci', holder: { ...inside, kind: 'vfio' } }),
];
const [first = '', second = ''] = vfs.map(({ pci }) => pci);

/** `sriov counters`, begun; what it wrote since it was last asked. */
async function counting(argv: string[] = [], { isTTY = false } = {}) {
  const control = new FakeControl('lab', host({ pfs: [pf(vfs)] }));
  const written = { out: '', err: '' };
  const stream = (to: keyof typeof written): Stream => ({
    ...{ isTTY, rows: 40, columns: 120, write: (text) => (written[to] += text) },
    on: () => {},
  });
  const { values, positionals } = parse(['counters', ...argv]);
  const stop = new AbortController();
  const context: Context = {
    ...{ control, positionals, values, signal: stop.signal },
    print: printer(
      { json: values.json ?? false, color: 'never', env: { TERM: 'xterm' } },
      stream('out'),
      stream('err'),
    ),
  };
  const ended = counters(context).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(0);
  return {
    ...{ control, stop, ended },
    said(to: keyof typeof written) {
      const text = written[to];
      written[to] = '';
      return text;
    },
    sample(second: number, readings: [pci: string, counts: Counts, side?: Reading['side']][]) {
      const frame = {
        readings: readings.map(([pci, counts, side = 'own']) => ({
          ...{ pci, side, counts, at: second * 1000, device: 'host 1' },
        })),
      };
      control.counted.forEach(({ tell }) => tell({ frame }));
    },
  };
}

const documents = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { at: string; functions: Record<string, unknown>[]; uncounted: unknown[] },
    );

describe('with --json', () => {
  test('each sample is a line with what was counted, how fast that is, and what can’t be counted', async () => {
    const { said, sample } = await counting(['--json']);
    sample(10, [
      [first, { rx_bytes: 100n }],
      [second, { rx_bytes: 5n, rx_dropped: 1n }],
    ]);
    sample(12, [
      [first, { rx_bytes: 350n }],
      [second, { rx_bytes: 5n, rx_dropped: 9n }],
    ]);
    const [before, now] = documents(said('out'));
    expect(before?.functions[0]).toMatchObject({
      pci: first,
      index: 0,
      side: 'own',
      rates: null,
      seconds: null,
    });
    expect(now).toMatchObject({
      at: '2026-01-02T00:00:02.000Z',
      functions: [
        {
          pf: '0000:01:00.0',
          counters: { rx_bytes: 350 },
          seconds: 2,
          rates: { bits: { rx: 1000, tx: null } },
        },
        { name: 'eth1', hints: [{ counter: 'rx_dropped', grown: 8 }], holder: { name: inside.name } },
      ],
      uncounted: [{ pci: vfs[2]?.pci, why: 'no-device' }],
    });
  });

  test('what its adapter counts is apart', async () => {
    const { said, sample } = await counting(['--json']);
    sample(1, [
      [first, { rx_bytes: 1n }],
      [first, { rx_bytes: 2n }, 'pf'],
    ]);
    expect(documents(said('out'))[0]?.functions.map(({ side, counters: all }) => [side, all])).toEqual([
      ['own', { rx_bytes: 1 }],
      ['pf', { rx_bytes: 2 }],
    ]);
  });
});

describe('in a pipe', () => {
  test('each sample is a table, and in the end comes the average', async () => {
    const { said, sample, stop, ended } = await counting(['--interval', '5']);
    sample(0, [[first, { rx_bytes: 0n, tx_packets: 0n }]]);
    sample(5, [[first, { rx_bytes: 625n, tx_packets: 50n }]]);
    const text = said('out');
    expect(text.match(/^FUNCTION +WHERE/gm)).toHaveLength(2);
    expect(text).toMatch(/^enp1s0:0 +enp1s0v0 +1\.00 kb\/s +– +– +10 \/s/m);
    expect(text).toMatch(/^enp1s0:2: it has no network device/m);
    sample(10, [[first, { rx_bytes: 3125n, tx_packets: 50n }]]);
    said('out');
    stop.abort();
    expect(await ended).toBe(0);
    expect(said('out')).toMatch(/^Average over 10\.0 s\nFUNCTION.*\nenp1s0:0 +enp1s0v0 +2\.50 kb\/s/);
  });

  test('what grows that should not is told, and a hostile name is only text', async () => {
    const { said, sample } = await counting();
    sample(0, [[second, { rx_missed_errors: 0n }]]);
    sample(1, [[second, { rx_missed_errors: 3n }]]);
    const text = said('out');
    expect(text).toContain(
      'enp1s0:1: rx_missed_errors grew by 3 in the last minute.\n  The adapter ran out of buffers',
    );
    expect(text).toContain('eth1 in fw\\x1b[2J');
    expect(text).not.toContain('\u001b');
  });
});

test('on a terminal it is drawn again in its place; the average stays', async () => {
  const { said, sample, stop, ended } = await counting([], { isTTY: true });
  sample(0, [[first, { rx_bytes: 0n }]]);
  sample(1, [[first, { rx_bytes: 125n }]]);
  expect(said('out').split('\u001b[H').at(-1)).toMatch(/^Live: [^]*enp1s0:0 +enp1s0v0 +1\.00 kb\/s/);
  stop.abort();
  await ended;
  expect(said('out')).toMatch(/\u001b\[\?1049l.*Average over 1\.0 s/s);
});

describe('it is about', () => {
  test('all functions, or those that are named: PFs and VFs by any of their names', async () => {
    expect((await counting()).control.counted[0]?.what).toEqual({ interval: 1 });
    const named = await counting(['enp1s0', 'enp1s0:1', first, '--interval', '2']);
    expect(named.control.counted[0]?.what).toEqual({
      interval: 2,
      functions: ['0000:01:00.0', second, first],
    });
  });

  test('nothing that there isn’t', async () => {
    const { ended, said, control } = await counting(['enp9s0']);
    expect(await ended).toBe(3);
    expect(said('err')).toContain('"enp9s0"');
    expect(control.counted).toEqual([]);
  });

  test.each([
    ['--interval', '0'],
    ['--interval', '61'],
    ['--seconds', 'ten'],
    ['--seconds', '-1'],
  ])('no such time: %s %s', async (option, value) => {
    expect(await (await counting([`${option}=${value}`])).ended).toBeInstanceOf(UsageError);
  });
});

describe('it ends', () => {
  test('after --seconds, by the time of the host', async () => {
    const { control, sample, ended, said } = await counting(['--seconds', '3', '--json']);
    for (const second of [10, 11, 12, 13]) sample(second, [[first, {}]]);
    expect(await ended).toBe(0);
    expect(control.counted).toEqual([]);
    expect(documents(said('out'))).toHaveLength(4);
  });

  test('with what went wrong, where nothing could ever be read', async () => {
    const { control, ended } = await counting();
    control.counted.forEach(({ tell }) => tell({ why: 'it is read-only' }));
    expect(String(await ended)).toContain('The counters could not be read: it is read-only');
  });

  test('not when the host is lost: that is told, and it is tried ever more slowly', async () => {
    const { control, sample, said, stop, ended } = await counting();
    sample(1, [[first, {}]]);
    control.counted.forEach(({ tell }) => tell({ why: 'the connection broke' }));
    expect(said('err')).toContain("The counters can't be read now: the connection broke");
    control.failure = new HostError('lost', 'The connection was lost.', '');
    await control.refresh().catch(() => {});
    const { reads } = control;
    await vi.advanceTimersByTimeAsync(1000 + 2000 + 5000);
    expect(control.reads).toBe(reads + 3);
    stop.abort();
    await ended;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(control.reads).toBe(reads + 3);
  });
});

test('any number of functions can be named, and completed', () => {
  expect(usage(commandNamed('counters'))).toBe('sriov counters [PF|VF]...');
  expect(parse(['counters', 'a', 'b', 'c']).positionals).toEqual(['a', 'b', 'c']);
  expect(() => parse(['inventory', 'a'])).toThrow('takes no arguments');
  for (const words of [[''], ['a', ''], ['a', 'b', '']])
    expect(wanted(['counters', ...words]).names).toEqual(['PF', 'VF']);
  expect(wanted(['set-vfs', 'a', '4', '']).names).toEqual([]);
});
