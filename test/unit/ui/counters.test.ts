import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Counts } from '../../../src/model/counters/counter';
import type { Reading } from '../../../src/model/counters/reading';
import { seriesKey } from '../../../src/model/counters/reading';
import { run } from '../../../src/ui/commands/run';
import { Counting } from '../../../src/ui/counters/counting';
import { csvOf } from '../../../src/ui/counters/csv';
import { fromCounters } from '../../../src/ui/counters/fromCounters';
import { pickQuestion, usualPicks } from '../../../src/ui/counters/picks';
import { rateFacts, rowRate } from '../../../src/ui/counters/rateTexts';
import { withRates } from '../../../src/ui/counters/rowRates';
import { stateOf } from '../../../src/ui/counters/state';
import { adapterRows } from '../../../src/ui/tree/adapters';
import { containerRows } from '../../../src/ui/tree/containers';
import { changedRows } from '../../../src/ui/tree/diff';
import { container, host, pf, vf } from '../hosts/host';
import { fakeWorkbench } from './fakeWorkbench';

const inside = { kind: 'container', containerId: container('fw').id, netnsInode: 5, name: 'fw' } as const;
const hostile = '=<img src=x onerror=alert(1)>\u202e';
const snapshot = (name = 'eth1') =>
  host({
    pfs: [
      pf([
        vf(0),
        vf(1, { name, holder: inside }),
        vf(2, { driver: 'vfio-pci', holder: { ...inside, kind: 'vfio' } }),
      ]),
    ],
    containers: [
      container('fw', {
        interfaces: [{ name, mac: null, addresses: [], up: true, mtu: 1500, altnames: [], vf: vf(1).pci }],
      }),
    ],
  });
const [first, second, third] = [0, 1, 2].map((index) => vf(index).pci) as [string, string, string];
const own = (pci: string) => seriesKey({ side: 'own', pci });

type Read = [pci: string, counts: Counts, side?: Reading['side']];

/** The counters of a host in memory, as a panel or rows would have them. */
async function counted(settings = {}, of = snapshot()) {
  const bench = await fakeWorkbench(of, settings);
  const counting = new Counting(bench.host, bench.settings);
  const sample = (second: number, ...readings: Read[]) =>
    bench.control.counted.forEach(({ tell }) =>
      tell({
        frame: {
          readings: readings.map(([pci, counts, side = 'own']) => ({
            ...{ pci, side, counts, at: second * 1000, device: 'host 1' },
          })),
        },
      }),
    );
  return { bench, counting, sample, asked: () => bench.control.counted.map(({ what }) => what) };
}

describe('the counters are read', () => {
  test('only while something shows them, and only those that it shows', async () => {
    const { counting, asked } = await counted();
    expect(asked()).toEqual([]);
    counting.showPicked([first]);
    expect(asked()).toEqual([{ interval: 1, functions: [first] }]);
    counting.showRows(true);
    expect(asked()).toEqual([{ interval: 1 }]);
    counting.showPicked(undefined);
    expect(asked()).toEqual([{ interval: 1 }]);
    counting.showRows(false);
    expect(asked()).toEqual([]);
    counting.showPicked([]);
    expect(asked()).toEqual([]);
  });

  test('of the host that is current, and of no other', async () => {
    const { bench, counting, asked } = await counted();
    counting.showRows(true);
    await bench.host.connect('other');
    expect(asked()).toEqual([]);
    expect(bench.others.other?.counted).toHaveLength(1);
    await bench.host.disconnect();
    expect(bench.others.other?.counted).toEqual([]);
  });

  test('as often as the settings say; what was counted goes on where they stay', async () => {
    const settings = { countersInterval: 1 };
    const { counting, sample, asked, bench } = await counted(settings);
    bench.settings = ((before) => () => ({ ...before(), ...settings }))(bench.settings);
    const other = new Counting(bench.host, bench.settings);
    other.showRows(true);
    sample(1, [first, { rx_bytes: 1n }]);
    const { tracker } = other;
    other.showRows(false);
    other.showRows(true);
    expect(other.tracker).toBe(tracker);
    settings.countersInterval = 5;
    other.update();
    expect(asked()).toEqual([{ interval: 5 }]);
    expect(other.tracker).not.toBe(tracker);
    other.dispose();
    counting.dispose();
    expect(asked()).toEqual([]);
  });
});

describe('a row', () => {
  const rates = async () => {
    const { counting, sample } = await counted();
    counting.showRows(true);
    for (const second of [1, 2])
      sample(
        second,
        [first, { rx_bytes: 9n, tx_bytes: 9n }],
        [vf(1).pci, { rx_bytes: BigInt(125_000 * second), tx_bytes: 0n }],
      );
    return { sample, tracker: counting.tracker! };
  };

  test('says what its function receives and sends; one that is idle says nothing, and stays the same row', async () => {
    const { tracker } = await rates();
    const textOf = (pci: string) => rowRate(tracker, pci);
    for (const rows of [adapterRows(snapshot()), containerRows(snapshot())]) {
      const rated = withRates(rows, textOf);
      expect(rated.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      const [plain, shown] = [rows, rated].map((all) =>
        all.flatMap((row) => [row, ...row.children, ...row.children.flatMap((one) => one.children)]),
      );
      const changed = shown!.filter(({ description }, index) => description !== plain![index]?.description);
      expect(changed).toHaveLength(1);
      expect(changed[0]?.description).toMatch(/^↓ 1\.00 Mb\/s ↑ 0 b\/s · /);
      expect(changed[0]?.spoken).toMatch(/, receiving 1\.00 Mb\/s, sending 0 b\/s$/);
    }
    const rows = adapterRows(snapshot());
    expect(withRates(rows, () => undefined)).toBe(rows);
    expect(withRates(rows, textOf)[0]?.children[0]).toBe(rows[0]?.children[0]);
  });

  test('is drawn again when it says something else, and no other is', async () => {
    const { tracker, sample } = await rates();
    const rows = adapterRows(snapshot());
    const before = withRates(rows, (pci) => rowRate(tracker, pci));
    sample(3, [first, { rx_bytes: 9n, tx_bytes: 9n }], [second, { rx_bytes: 375_000n, tx_bytes: 0n }]);
    expect(
      changedRows(
        before,
        withRates(rows, (pci) => rowRate(tracker, pci)),
      ),
    ).toEqual([]);
    sample(4, [first, { rx_bytes: 9n, tx_bytes: 9n }], [second, { rx_bytes: 375_125n, tx_bytes: 0n }]);
    expect(
      changedRows(
        before,
        withRates(rows, (pci) => rowRate(tracker, pci)),
      ),
    ).toEqual([`lab/vf/${second}`]);
  });

  test('of a VF that programs have says what its adapter counts', async () => {
    const { tracker, sample } = await rates();
    for (const at of [3, 4]) sample(at, [third, { rx_bytes: BigInt(125 * at) }, 'pf']);
    expect(rowRate(tracker, third)?.shown).toBe('↓ 1.00 kb/s ↑ –');
  });

  test('has a small picture of the last minute in its tooltip, and what grows that should not', async () => {
    const { tracker, sample } = await rates();
    sample(3, [second, { rx_bytes: 500_000n, rx_dropped: 0n }]);
    sample(4, [second, { rx_bytes: 500_000n, rx_dropped: 4n }]);
    const facts = rateFacts(tracker, second);
    expect(facts[0]).toBe('In the Last Minute');
    expect(Object.fromEntries(facts.slice(1) as [string, string][])).toMatchObject({
      Receiving: expect.stringMatching(/^[▁▂▃▄▅▆▇█ ]+ 0 b\/s$/) as string,
      Drops: '4 /s',
      rx_dropped: '4 more',
    });
    expect(rateFacts(tracker, third)).toEqual([]);
  });
});

describe('the panel', () => {
  const chosen = { measure: 'bits', minutes: 5, isLog: false, isPaused: false } as const;

  test('says where each function is counted, and why it isn’t', async () => {
    const { bench, counting } = await counted();
    const keys = [
      own(first),
      own(second),
      own(third),
      seriesKey({ side: 'pf', pci: third }),
      own('0000:09:00.0'),
    ];
    const state = stateOf(bench.host, counting, keys, chosen);
    expect(state.series.map(({ title, where }) => `${title}: ${where}`)).toEqual([
      'VF 0 of enp1s0: enp1s0v0',
      'VF 1 of enp1s0: → fw:eth1',
      'VF 2 of enp1s0: no network device to count',
      'VF 2 of enp1s0: as its adapter counts',
      '0000:09:00.0: gone',
    ]);
    expect(state.status).toBe('lab: waiting for the first sample…');
  });

  test('says whether it is read, and if not, why', async () => {
    const { bench, counting, sample } = await counted();
    const status = (more = {}, keys = [own(first)]) =>
      stateOf(bench.host, counting, keys, { ...chosen, ...more }).status;
    counting.showPicked([first]);
    sample(1, [first, {}]);
    expect(status()).toBe('lab: read every second.');
    expect(status({ isPaused: true })).toBe('lab: paused.');
    expect(status({}, [])).toBe('Pick the functions to show.');
    bench.control.counted[0]?.tell({ why: 'it is\nread-only' });
    expect(status()).toContain('can’t be read now: it is');
    await bench.host.disconnect();
    expect(status()).toBe('No host is connected.');
  });

  test('has hostile names as text without tricks, in the page and in the file', async () => {
    const { bench, counting, sample } = await counted({}, snapshot(hostile));
    counting.showPicked([second]);
    sample(1, [second, { rx_bytes: 0n }]);
    sample(2, [second, { rx_bytes: 125n }]);
    const { series } = stateOf(bench.host, counting, [own(second)], chosen);
    expect(series[0]?.where).toContain('=<img src=x onerror=alert(1)>\ufffd');
    const odd = host({ pfs: [pf([], { name: hostile })] });
    const pfPci = '0000:01:00.0';
    sample(3, [pfPci, { rx_bytes: 0n, tx_dropped: 1n }]);
    sample(4, [pfPci, { rx_bytes: 125n, tx_dropped: 3n }]);
    const [heading, , row] = csvOf(counting.tracker!, odd, [own(pfPci)], 0).split('\n');
    expect(heading).toBe(
      'time,pci,function,side,rx_bits,tx_bits,rx_packets,tx_packets,rx_drops,tx_drops,rx_errors,tx_errors,rx_multicast',
    );
    expect(row?.replace(/^\S+Z/, '')).toBe(
      `,${pfPci},'=<img src=x onerror=alert(1)>\ufffd,own,1000,,,,,2,,,`,
    );
  });

  test('asks which functions to show: at most so many as can be told apart', async () => {
    const { counting, sample } = await counted();
    counting.showRows(true);
    sample(1, [third, { rx_bytes: 1n }, 'pf']);
    const { choices, problem } = pickQuestion(snapshot(), counting.tracker, [own(first)]);
    expect(choices.map((one) => (typeof one === 'string' ? one : `${one.label} ${one.description}`))).toEqual(
      [
        'enp1s0',
        'enp1s0 ',
        'VF 0 of enp1s0 enp1s0v0',
        'VF 1 of enp1s0 → fw:eth1',
        'VF 2 of enp1s0 no network device to count',
        'VF 2 of enp1s0 as its adapter counts',
      ],
    );
    expect(problem(Array.from({ length: 9 }, () => own(first)))).toBe('at most 8 can be told apart');
    expect(problem([])).toBeUndefined();
  });

  test('begins with what containers have, else with the adapters', () => {
    expect(usualPicks(snapshot())).toEqual([own(second)]);
    expect(usualPicks(host({ pfs: [pf([vf(0)])] }))).toEqual([own('0000:01:00.0')]);
  });

  test.each([
    [{ kind: 'press', press: 'pick' }, true],
    [{ kind: 'minutes', minutes: 60 }, true],
    [{ kind: 'minutes', minutes: 61 }, false],
    [{ kind: 'measure', measure: '__proto__' }, false],
    [{ kind: 'press', press: 'constructor' }, false],
    [{ kind: 'log', isLog: 1 }, false],
    ['loaded', false],
    [null, false],
  ])('takes %j from its page: %j', (message, isTaken) => {
    expect(fromCounters(message) !== undefined).toBe(isTaken);
  });
});

describe('the command', () => {
  afterEach(() => void vi.restoreAllMocks());

  test('opens the panel with what was chosen, be it an adapter, a VF or an attachment', async () => {
    const bench = await fakeWorkbench(snapshot());
    await run(bench, 'sriov.counters.show', `vf=${first}`);
    await run(bench, 'sriov.counters.show', `att=${second}`);
    await run(bench, 'sriov.counters.show', `vf=${first}`, [`vf=${first}`, `vf=${third}`]);
    await run(bench, 'sriov.counters.show', { pf: 'enp1s0' });
    expect(bench.counted).toEqual([[first], [second], [first, third], ['0000:01:00.0']]);
  });

  test('switches the rates of rows on, and off', async () => {
    const bench = await fakeWorkbench(snapshot());
    await run(bench, 'sriov.rows.toggleRates');
    expect(bench.changedSettings).toEqual({ 'counters.showRates': true });
    const on = await fakeWorkbench(snapshot(), { showRates: true });
    await run(on, 'sriov.rows.toggleRates');
    expect(on.changedSettings).toEqual({ 'counters.showRates': false });
  });
});
