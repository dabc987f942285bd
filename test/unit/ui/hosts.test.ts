import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CurrentHost } from '../../../src/ui/hosts/currentHost';
import { firstHosts } from '../../../src/ui/hosts/firstHosts';
import { HostCatalog } from '../../../src/ui/hosts/hostCatalog';
import { knownHosts } from '../../../src/ui/hosts/hostList';
import { Reconnecting } from '../../../src/ui/hosts/reconnecting';
import { hostRows } from '../../../src/ui/hosts/rows';
import { readSettings } from '../../../src/ui/settings';
import { FakeControl } from './fakeControl';
import { memento } from './fakeWorkbench';
import { bareHost, host } from '../hosts/host';

const connected = async () => {
  const control = new FakeControl('lab', bareHost({ takenAt: new Date().toISOString() }));
  const host = new CurrentHost(() => control);
  await host.connect('lab');
  return { host, control };
};

describe('the current host', () => {
  test('several who ask at once get the same answer', async () => {
    const { host, control } = await connected();
    await Promise.all([host.refresh(), host.refresh()]);
    expect(control.reads).toBe(2);
  });

  test('connecting to it again reads it and takes nothing away', async () => {
    const { host, control } = await connected();
    const states: string[] = [];
    host.changed.on(() => states.push(host.connection.state));
    await host.connect('lab');
    expect(control).toMatchObject({ reads: 2, disposed: false });
    expect(new Set(states)).toEqual(new Set(['admin']));
  });

  test('another host: the one before is let go, with its findings', async () => {
    const { host, control } = await connected();
    await host.diagnose('netdev');
    await host.connect('other');
    expect(control.disposed).toBe(true);
    expect(host.readiness).toBeUndefined();
  });
});

describe('a lost connection', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is tried again after 1, 2, 5, 10, 30, 30 … s, ten times', async () => {
    const { host, control } = await connected();
    const reconnecting = new Reconnecting(host);
    control.failure = new Error('no route');
    const waits: number[] = [];
    reconnecting.changed.on(() => {
      if (reconnecting.nextTry !== undefined) waits.push((reconnecting.nextTry - Date.now()) / 1000);
    });
    await host.refresh().catch(() => {});
    await vi.advanceTimersByTimeAsync(600_000);
    expect(waits).toEqual([1, 2, 5, 10, 30, 30, 30, 30, 30, 30]);
    expect(control.reads).toBe(12);
    expect(reconnecting.nextTry).toBeUndefined();
  });

  test('comes back, and starts counting again the next time', async () => {
    const { host, control } = await connected();
    const reconnecting = new Reconnecting(host);
    control.failure = new Error('no route');
    await host.refresh().catch(() => {});
    control.failure = undefined;
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.connection.state).toBe('admin');
    control.failure = new Error('no route');
    await host.refresh().catch(() => {});
    expect((reconnecting.nextTry ?? 0) - Date.now()).toBe(1000);
  });

  describe('and the network of this machine', () => {
    const offline = async () => {
      const { host, control } = await connected();
      let addresses = ['192.0.2.7'];
      const reconnecting = new Reconnecting(host, Date.now, () => addresses);
      control.failure = new Error('no route');
      await host.refresh().catch(() => {});
      return { host, control, reconnecting, become: (now: string[]) => void (addresses = now) };
    };

    test('an address more is a reason to try at once, and to be patient again', async () => {
      const { host, control, reconnecting, become } = await offline();
      become([]);
      await vi.advanceTimersByTimeAsync(1000 + 2000 + 5000 + 10_000);
      const { reads } = control;
      expect((reconnecting.nextTry ?? 0) - Date.now()).toBe(30_000);
      become(['198.51.100.9']);
      await vi.advanceTimersByTimeAsync(1000);
      expect(control.reads).toBe(reads + 1);
      expect((reconnecting.nextTry ?? 0) - Date.now()).toBe(1000);
      control.failure = undefined;
      await vi.advanceTimersByTimeAsync(1000);
      expect(host.connection.state).toBe('admin');
    });

    test('one less is none', async () => {
      const { control, become } = await offline();
      await vi.advanceTimersByTimeAsync(8000);
      const { reads } = control;
      become([]);
      await vi.advanceTimersByTimeAsync(2000);
      expect(control.reads).toBe(reads);
    });

    test('also when it had given up; and never again once the host is back', async () => {
      const { host, control, become } = await offline();
      await vi.advanceTimersByTimeAsync(600_000);
      const { reads } = control;
      control.failure = undefined;
      become(['203.0.113.1']);
      await vi.advanceTimersByTimeAsync(1000);
      expect(control.reads).toBe(reads + 1);
      expect(host.connection.state).toBe('admin');
      become(['203.0.113.1', '203.0.113.2']);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(control.reads).toBe(reads + 1);
    });
  });

  test('a host that was never reached is not tried again', async () => {
    const control = new FakeControl('lab', bareHost());
    control.failure = new Error('unknown');
    const host = new CurrentHost(() => control);
    const reconnecting = new Reconnecting(host);
    await host.connect('lab').catch(() => {});
    expect(reconnecting.nextTry).toBeUndefined();
  });

  test('another host ends it', async () => {
    const { host, control } = await connected();
    const reconnecting = new Reconnecting(host);
    control.failure = new Error('no route');
    await host.refresh().catch(() => {});
    await host.disconnect();
    expect(reconnecting.nextTry).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(control.reads).toBe(2);
  });
});

describe('which hosts there are', () => {
  const listed = [{ alias: 'lab', hostName: '127.0.0.1', user: 'root', port: '36603' }, { alias: 'r740' }];

  test('each once: this machine, saved, ssh configuration, recent', () => {
    const recent = ['lab', 'admin@y'];
    expect(knownHosts({ saved: ['r740', 'x'], listed, recent, side: undefined })).toEqual([
      { id: 'local', source: 'local', address: '' },
      { id: 'r740', source: 'saved', address: '' },
      { id: 'x', source: 'saved', address: '' },
      { id: 'lab', source: 'ssh', address: 'root@127.0.0.1:36603', since: 0 },
      { id: 'admin@y', source: 'recent', address: '', since: 1 },
    ]);
  });

  test('as rows; a recent one only while it is connected', async () => {
    const user = { name: 'me', uid: 1000, isRoot: false };
    const known = knownHosts({ saved: [], listed, recent: ['admin@y'], side: undefined });
    const open = new CurrentHost((id) => new FakeControl(id, host({ host: { ...host().host, user } })));
    await open.connect('lab');
    const rows = hostRows(known, open);
    expect(rows.map(({ label, description }) => [label, description])).toEqual([
      ['This Machine', ''],
      ['lab', 'connected, limited · root@127.0.0.1:36603'],
      ['r740', ''],
    ]);
    expect(rows[1]?.context).toBe(';host;current;connected;ssh;');
  });

  test('in a remote window it shows whose name and whose ssh configuration that is', () => {
    const known = knownHosts({ saved: ['x'], listed, recent: [], side: 'r740' });
    expect(known.map(({ side }) => side)).toEqual(['r740', undefined, 'r740', 'r740']);
    const [here, saved, lab] = hostRows(known, { id: undefined, all: [] });
    expect(here?.description).toBe('r740');
    expect(new Map(lab?.tooltip as [string, string][]).get('From')).toBe('the ssh configuration of r740');
    expect(new Map(saved?.tooltip as [string, string][]).get('From')).toBe('your settings');
  });

  test('those that were connected are remembered, the last one first; this machine is always there', async () => {
    const state = { everywhere: memento(), here: memento() };
    const window = () =>
      new HostCatalog(
        () => readSettings(() => undefined),
        () => Promise.resolve([]),
        '',
        { state, side: undefined },
      );
    for (const id of ['a', 'b', 'local', 'a']) await window().remember([id]);
    const recent = (await window().known()).filter(({ since }) => since !== undefined);
    expect(recent.map(({ id, since }) => [id, since])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
    expect(window().first()).toEqual(['a']);
    await window().use(['a', 'b']);
    expect((await window().known()).filter(({ since }) => since !== undefined).map(({ id }) => id)).toEqual([
      'a',
      'b',
    ]);
    expect(window().first()).toEqual(['b']);
  });

  test('what another version remembered does no harm', async () => {
    const state = { everywhere: memento(), here: memento() };
    await state.everywhere.update('sriov.recentHosts', ['a', 'b']);
    const catalog = new HostCatalog(
      () => readSettings(() => undefined),
      () => Promise.resolve([]),
      '',
      { state, side: undefined },
    );
    expect((await catalog.known()).map(({ id }) => id)).toEqual(['local']);
    await catalog.remember(['c']);
    expect((await catalog.known()).map(({ id }) => id)).toEqual(['local', 'c']);
  });
});

test.each([
  [{ setting: 'lab', last: ['x'], several: true, platform: 'linux' }, ['lab']],
  [{ setting: 'lab', last: ['lab', 'x'], several: true, platform: 'linux' }, ['lab', 'x']],
  [{ setting: 'lab', last: ['lab', 'x'], several: false, platform: 'linux' }, ['lab']],
  [{ setting: '', last: ['x'], several: false, platform: 'darwin' }, ['x']],
  [{ setting: '', last: ['x', 'y'], several: true, platform: 'linux' }, ['x', 'y']],
  [{ setting: '', last: ['x', 'y'], several: false, platform: 'linux' }, ['y']],
  [{ setting: '', last: [], several: true, platform: 'linux' }, []],
  [{ setting: '', last: undefined, several: false, platform: 'linux' }, ['local']],
  [{ setting: '', last: undefined, several: false, platform: 'win32' }, []],
] as const)('where to connect without being asked: %o', (known, expected) => {
  expect(firstHosts(known)).toEqual(expected);
});
