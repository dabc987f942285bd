import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdirSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { counting, type Counted } from '../../../src/inventory/counters/counting';
import { placesOf } from '../../../src/inventory/counters/places';
import type { Reading } from '../../../src/model/counters/reading';
import { whyUncounted } from '../../../src/model/counters/uncounted';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { host, pf, vf } from '../hosts/host';

const inode = 4026532281;
const inside = { kind: 'container', containerId: 'c', netnsInode: inode, name: 'fw' } as const;
/** A PF on the host with one VF there, one in a container, and one that vfio-pci has. */
const snapshot = (more: Partial<HostSnapshot> = {}): HostSnapshot =>
  host({
    pfs: [
      pf([
        vf(0),
        vf(1, { name: 'eth1', holder: inside }),
        vf(2, { name: null, driver: 'vfio-pci', holder: { ...inside, kind: 'vfio' } }),
      ]),
    ],
    namespaces: [{ inode, path: "/run/netns/it's\nodd" }],
    ...more,
  });
const [first = '', second = '', third = ''] = snapshot().pfs[0]!.vfs.map(({ pci }) => pci);

const device = (pci: string, ifindex: number, rx: object, more: object = {}) => ({
  ...{ ifindex, ifname: `dev${ifindex}`, parentbus: 'pci', parentdev: pci },
  ...{ stats64: { rx, tx: { bytes: 7 } }, ...more },
});

describe('where devices are counted', () => {
  test('all of them, or those that are asked for with the adapters that count for them', () => {
    const all = placesOf(snapshot());
    expect(all.links).toEqual(['link show dev enp1s0', 'link show dev enp1s0v0']);
    expect(all.namespaces.map((one) => one.inode)).toEqual([inode]);
    expect(placesOf(snapshot(), new Set([first]))).toMatchObject({
      links: ['link show dev enp1s0', 'link show dev enp1s0v0'],
      namespaces: [],
    });
    expect(placesOf(snapshot(), new Set([third])).links).toEqual(['link show dev enp1s0']);
  });

  test('a name that would be more than a word asks for all devices of the host', () => {
    for (const name of ['a#b', 'a"b', "a'b", 'a;b', 'a\\b'])
      expect(placesOf(snapshot({ pfs: [pf([], { name })] })).links).toEqual(['link show']);
  });

  test('who isn’t root gets into no namespace; that is said, and so is what has no device', () => {
    const { host: facts } = snapshot();
    const limited = snapshot({ host: { ...facts, user: { ...facts.user, isRoot: false } } });
    expect(placesOf(limited).namespaces).toEqual([]);
    expect([first, second, third].map((pci) => whyUncounted(limited, pci))).toEqual([
      undefined,
      'needs-root',
      'no-device',
    ]);
    expect(whyUncounted(snapshot(), second)).toBeUndefined();
  });
});

describe('what the devices say', () => {
  /** The readings of a frame that was printed so. */
  const read = (sections: [string, ...string[]][], of = snapshot()): Reading[] => {
    const { program, take } = counting(of, placesOf(of), 1);
    const nonce = /@@\w+@@/.exec(program)![0];
    const lines = [...sections.flatMap(([head, ...body]) => [`${nonce} ${head}`, ...body]), `${nonce} frame`];
    const counted = lines.map(take).find((one) => one !== undefined);
    return counted?.kind === 'frame' ? counted.frame.readings : [];
  };
  const json = (...devices: object[]) => JSON.stringify(devices);

  test('is by PCI address, wherever they are, and by whom it was counted', () => {
    const vfs = [0, 1, 2].map((index) => ({
      vf: index,
      stats: { rx: { bytes: index }, tx: { tx_bytes: 9, dropped: 1 } },
    }));
    const readings = read([
      [
        'host 12345',
        json(device(first, 4, { bytes: 10, dropped: 2 })),
        json(device('0000:01:00.0', 2, {}, { vfinfo_list: vfs })),
      ],
      [`namespace ${inode} 12400`, json(device(second, 4, { bytes: 20 }), { ifindex: 1, ifname: 'lo' })],
    ]);
    expect(readings.map(({ side, pci }) => `${side} ${pci}`)).toEqual([
      `own ${first}`,
      'own 0000:01:00.0',
      ...[first, second, third].map((pci) => `pf ${pci}`),
      `own ${second}`,
    ]);
    expect(readings[3]?.counts).toEqual({ rx_bytes: 1n, tx_bytes: 9n, tx_dropped: 1n });
    expect(readings[0]).toEqual({
      ...{ pci: first, side: 'own', at: 123_450, device: 'host 4' },
      counts: { rx_bytes: 10n, rx_dropped: 2n, tx_bytes: 7n },
    });
    expect(readings.at(-1)).toMatchObject({ at: 124_000, device: `${inode} 4` });
  });

  test('is left out where an adapter prints zeros for all its VFs: it doesn’t count for them', () => {
    const vfs = [{ vf: 0, stats: { rx: { bytes: 0 }, tx: { bytes: 0 } } }, { vf: 1 }];
    expect(read([['host 1', json(device('0000:01:00.0', 2, {}, { vfinfo_list: vfs }))]])).toHaveLength(1);
  });

  test('is exact up to 64 bits, whatever stands in a name', () => {
    const odd = device(first, 4, {}, { ifalias: '"x":12345678901234567890,\\' });
    const text = json(odd).replace('"rx":{}', '"rx":{"bytes":18446744073709551615}');
    expect(read([['host 1', text]])[0]?.counts.rx_bytes).toBe(18446744073709551615n);
  });

  test('of a virtio card is by name and place', () => {
    const card = { ...device('virtio3', 4, { bytes: 1 }), parentbus: 'virtio', ifname: 'enp1s0v0' };
    expect(read([['host 1', json(card)]])[0]?.pci).toBe(first);
    expect(read([[`namespace ${inode} 1`, json(card)]])).toEqual([]);
  });

  test.each([
    ['no JSON', 'Object "x" is unknown'],
    ['another JSON', '{"a":[]}'],
    [
      'devices without counters',
      JSON.stringify([{ ifindex: 1, ifname: 'a', parentbus: 'pci', parentdev: first }]),
    ],
    ['counters that are none', json(device(first, 1, { bytes: -1, packets: 'x', dropped: 1.5 }))],
    ['a function that there isn’t', json(device('0000:09:00.0', 1, { bytes: 1 }))],
  ])('%s does no harm', (_, body) => {
    const readings = read([['host 1', body]]);
    expect(readings.flatMap(({ counts }) => [counts.rx_bytes, counts.rx_packets, counts.rx_dropped])).toEqual(
      readings.flatMap(() => [undefined, undefined, undefined]),
    );
  });
});

const folder = mkdtempSync(join(tmpdir(), 'counting-'));
const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((child) => child.kill()));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const soon = { timeout: 8000, interval: 20 };

/** Runs the program with an `ip` that has a script of its own, and counts the processes that it starts. */
function run(script: string, seconds = 1) {
  const root = mkdtempSync(join(folder, 'host-'));
  mkdirSync(join(root, 'bin'));
  const put = (name: string, text: string) =>
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  put('ip', `echo "ip $*" >>'${root}/ran'\n[ "$9" ] || cat >>'${root}/ran'\n${script}`);
  put('nsenter', `printf '%s\\0' "$@" >'${root}/entered'\nshift\n"$@"`);
  put('sleep', `echo $$ >'${root}/sleeps'\nexec /bin/sleep "$@"`);
  const { program, take } = counting(snapshot(), placesOf(snapshot()), seconds);
  const env = { PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}` };
  const child = spawn('sh', ['-s'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  running.push(child);
  child.stdin.on('error', () => {});
  child.stdin.end(program);
  const counted: Counted[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const one = take(line);
    if (one) counted.push(one);
  });
  const text = (name: string) => (existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : '');
  return { child, counted, text };
}

const answer = JSON.stringify([device(first, 4, { bytes: 5 })]);

describe.skipIf(process.platform !== 'linux')('the program that counts', { timeout: 30_000 }, () => {
  test('prints a frame each second, by one ip on the host and one in each namespace', async () => {
    const { counted, text } = run(`echo '${answer}'`);
    await vi.waitFor(() => expect(counted.length).toBeGreaterThan(3), soon);
    const moments = counted.flatMap((one) => (one.kind === 'frame' ? (one.frame.readings[0]?.at ?? 0) : []));
    const steps = moments.slice(1).map((at, index) => at - (moments[index] ?? 0));
    for (const step of steps) expect(Math.abs(step - 1000)).toBeLessThan(400);
    const runs = text('ran').split('\n');
    const each = runs.filter((line) => line.startsWith('ip ')).length / counted.length;
    expect(each).toBeGreaterThanOrEqual(2);
    expect(each).toBeLessThan(3);
    expect(runs).toContain('link show dev enp1s0v0');
  });

  test('goes into a namespace by its path, byte for byte', async () => {
    const { counted, text } = run(`echo '${answer}'`);
    await vi.waitFor(() => expect(counted.length).toBeGreaterThan(0), soon);
    expect(text('entered').split('\0')[0]).toBe("--net=/run/netns/it's\nodd");
  });

  test('goes on where a device is gone', async () => {
    const { counted } = run('exit 1');
    await vi.waitFor(() => expect(counted.length).toBeGreaterThan(1), soon);
    expect(counted[0]).toEqual({ kind: 'frame', frame: { readings: [] } });
  });

  test('with a long interval it says in between that it is there', async () => {
    const { counted } = run(`echo '${answer}'`, 60);
    await vi.waitFor(() => expect(counted.map(({ kind }) => kind)).toEqual(['frame', 'beat']), soon);
  });

  test.each<[string, (child: ChildProcess) => void]>([
    ['nobody reads it', (child) => child.stdout?.destroy()],
    ['it is killed', (child) => child.kill('SIGKILL')],
  ])('ends with all that it started when %s', async (_, end) => {
    const { child, counted, text } = run(`echo '${answer}'`, 60);
    await vi.waitFor(() => expect(counted.length).toBeGreaterThan(0), soon);
    await vi.waitFor(() => expect(text('sleeps')).not.toBe(''), soon);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    end(child);
    await ended;
    await vi.waitFor(() => expect(existsSync(`/proc/${text('sleeps').trim()}`)).toBe(false), soon);
  });
});
