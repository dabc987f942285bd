import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Remembering, type RememberFor } from '../../../src/ui/access/remembering';
import { run } from '../../../src/ui/commands/run';
import { fakeWorkbench, type FakeWorkbench } from './fakeWorkbench';
import { bareHost, container, pf, vf } from '../hosts/host';

const minutes = (count: number) => count * 60_000;

let setting: RememberFor;
let bench: FakeWorkbench;
let access: Remembering;
beforeEach(async () => {
  vi.useFakeTimers();
  setting = '5min';
  const host = bareHost({ pfs: [pf([vf(0)])], containers: [container('fw')] });
  bench = await fakeWorkbench({
    ...host,
    host: { ...host.host, user: { name: 'me', uid: 1000, isRoot: false } },
  });
  access = new Remembering(bench.host, () => setting);
  bench.access = access;
});
afterEach(() => {
  access.dispose();
  vi.useRealTimers();
});

const elevate = () => run(bench, 'sriov.access.elevate');
const isElevated = () => bench.host.control?.isElevated;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
async function change() {
  bench.dialogs.answers = ['fw', '', '', 'Attach'];
  await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.0');
}
function loseHost() {
  bench.control.failure = new Error('The connection broke.');
  return expect(bench.host.refresh()).rejects.toThrow('broke');
}
async function getHostBack() {
  bench.control.failure = undefined;
  await bench.host.refresh();
}

describe('five minutes', () => {
  test('after it was given, administrative access ends', async () => {
    await elevate();
    await pass(minutes(5) - 1);
    expect(isElevated()).toBe(true);
    await pass(1);
    expect([isElevated(), bench.host.connection.state]).toEqual([false, 'limited']);
  });

  test('begin again with each change, and not with a look', async () => {
    await elevate();
    await pass(minutes(4));
    await change();
    await pass(minutes(4));
    await run(bench, 'sriov.host.refresh');
    expect(isElevated()).toBe(true);
    await pass(minutes(1));
    expect(isElevated()).toBe(false);
  });

  test('pass while the host is lost, too: it comes back without access', async () => {
    await elevate();
    await loseHost();
    await pass(minutes(5));
    expect([isElevated(), bench.host.connection.state]).toEqual([false, 'lost']);
    await getHostBack();
    expect(bench.host.connection.state).toBe('limited');
    expect(bench.control.drops).toBe(1);
  });

  test('are not begun again by a host that comes back in time', async () => {
    await elevate();
    await pass(minutes(3));
    await loseHost();
    await pass(minutes(1));
    await getHostBack();
    expect(isElevated()).toBe(true);
    await pass(minutes(1));
    expect(isElevated()).toBe(false);
  });

  test('are over when a computer wakes up, although its timers stood still', async () => {
    await elevate();
    vi.setSystemTime(Date.now() + minutes(60));
    await bench.host.refresh();
    await pass(0);
    expect(isElevated()).toBe(false);
  });

  test('count for a password that was asked for by something else than a change', async () => {
    await bench.control.elevate();
    await pass(minutes(5));
    expect(isElevated()).toBe(false);
  });

  test('end with the host: the next one is not touched', async () => {
    await elevate();
    await bench.host.connect('other');
    await pass(minutes(10));
    expect(bench.control.drops).toBe(0);
  });

  test('are asked for each password', async () => {
    await elevate();
    await pass(minutes(4));
    await run(bench, 'sriov.access.drop');
    await elevate();
    await pass(minutes(4));
    expect(isElevated()).toBe(true);
  });

  test('mean nothing to a host where one is root by login', async () => {
    bench.control.host = { ...bench.control.host, host: { ...bench.control.host.host, user: root } };
    await bench.host.refresh();
    await change();
    await pass(minutes(10));
    expect([bench.control.drops, bench.host.connection.state]).toEqual([0, 'admin']);
  });
});
const root = { name: 'root', uid: 0, isRoot: true };

describe('for one command', () => {
  beforeEach(() => (setting = 'never'));

  test('it ends with the change it was given for', async () => {
    await change();
    await pass(0);
    expect([isElevated(), bench.control.drops]).toEqual([false, 1]);
  });

  test('it ends with a change that fails', async () => {
    bench.control.plan = () => {
      throw new Error('out of order');
    };
    await change();
    await pass(0);
    expect([isElevated(), bench.control.drops]).toEqual([false, 1]);
  });

  test('it ends with the history it was given for', async () => {
    bench.control.history = async () => {
      await bench.control.elevate();
      return [];
    };
    await run(bench, 'sriov.changes.showHistory');
    await pass(0);
    expect([isElevated(), bench.control.drops]).toEqual([false, 1]);
  });

  test('turned on by itself it lasts to the next change, and five minutes at most', async () => {
    await elevate();
    await run(bench, 'sriov.host.refresh');
    await pass(minutes(1));
    expect(isElevated()).toBe(true);
    await change();
    await pass(0);
    expect(isElevated()).toBe(false);
    await elevate();
    await pass(minutes(5));
    expect(isElevated()).toBe(false);
  });

  test('it ends when the host was lost meanwhile', async () => {
    bench.control.outcome = async (plan) => {
      await loseHost();
      return { status: 'disconnected', plan, reason: 'The connection broke.' };
    };
    await change();
    await pass(0);
    expect([isElevated(), bench.host.connection.state]).toEqual([false, 'lost']);
  });
});

describe('a setting that changes', () => {
  test('to the session: the clock stops', async () => {
    await elevate();
    setting = 'session';
    access.settingChanged();
    await change();
    await pass(minutes(60));
    expect(isElevated()).toBe(true);
  });

  test('from the session: the clock starts', async () => {
    setting = 'session';
    await elevate();
    await pass(minutes(60));
    setting = '5min';
    access.settingChanged();
    await pass(minutes(5));
    expect(isElevated()).toBe(false);
  });

  test('which is another one, does not start it again', async () => {
    await elevate();
    await pass(minutes(4));
    access.settingChanged();
    await pass(minutes(1));
    expect(isElevated()).toBe(false);
  });
});

test('nothing is left when the window closes', async () => {
  await elevate();
  access.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
