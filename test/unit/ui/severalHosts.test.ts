import { beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/ui/commands/run';
import { PerHost } from '../../../src/ui/hosts/perHost';
import { rootRow } from '../../../src/ui/hosts/rows';
import { attached } from '../planning/attachedHost';
import { fakeWorkbench, type FakeWorkbench } from './fakeWorkbench';

let bench: FakeWorkbench;
const ids = () => bench.host.all.map(({ id }) => id);
const changesOnOther = () => bench.others.other?.changes;

beforeEach(async () => {
  bench = await fakeWorkbench(attached(), { connections: 'several', confirmDetach: 'never' });
  await bench.host.connect('other');
});

describe('several hosts at once', () => {
  test('the one before stays connected, and is the current one again without being read', () => {
    expect([bench.host.id, ids()]).toEqual(['other', ['lab', 'other']]);
    const used: string[][] = [];
    bench.host.used.on(() => used.push(bench.host.inUse));
    expect([bench.host.use('lab'), bench.host.use('lab')]).toEqual([true, true]);
    expect(used).toEqual([['other', 'lab']]);
    expect([bench.host.id, bench.control.reads, bench.control.disposed]).toEqual(['lab', 1, false]);
  });

  test('connecting to one that is connected reads it', async () => {
    await bench.host.connect('lab');
    expect([bench.host.id, bench.control.reads]).toEqual(['lab', 2]);
  });

  test('each has readiness of its own', async () => {
    await bench.host.diagnose('netdev');
    bench.host.use('lab');
    expect(bench.host.readiness).toBeUndefined();
    bench.host.use('other');
    expect(bench.host.readiness).toBeDefined();
  });

  test('without the current one, the one before is current', async () => {
    await bench.host.disconnect();
    expect([bench.host.id, ids()]).toEqual(['lab', ['lab']]);
    await bench.host.disconnect();
    expect([bench.host.connection.state, bench.control.disposed]).toEqual(['none', true]);
  });

  test('a host is disconnected by its row', async () => {
    bench.rows.subject = () => ({ kind: 'host', id: 'lab' });
    await run(bench, 'sriov.host.disconnect', 'hosts/lab');
    expect([bench.host.id, ids(), bench.control.disposed]).toEqual(['other', ['other'], true]);
  });

  test('one that fails leaves the others as they are', async () => {
    bench.host.use('lab');
    bench.control.failure = new Error('no route');
    await bench.host.refresh().catch(() => {});
    expect(bench.host.connection.state).toBe('lost');
    bench.host.use('other');
    expect(bench.host.connection.state).toBe('admin');
  });
});

describe('a command', () => {
  const row = 'vf=0000:01:10.0';

  test('works on the host of its row, which is then the current one', async () => {
    bench.hostsOfRows = { [row]: 'lab' };
    await run(bench, 'sriov.vf.detach', row, [row]);
    expect(bench.host.id).toBe('lab');
    expect(bench.control.changes).toMatchObject([{ kind: 'detach', vf: '0000:01:10.0' }]);
  });

  test('of rows of two hosts isn’t run on either, though both have a function of that address', async () => {
    bench.hostsOfRows = { [row]: 'lab', 'vf=0000:01:10.2': 'other' };
    await run(bench, 'sriov.vf.detach', row, Object.keys(bench.hostsOfRows));
    expect(bench.dialogs.shown).toEqual(['A command works on one host. Select rows of one host.']);
    expect([bench.control.changes, changesOnOther()]).toEqual([[], []]);
  });

  test('stays on the host it began on, whatever becomes the current one while it asks', async () => {
    bench.host.use('lab');
    bench.dialogs.answers = [
      () => {
        bench.host.use('other');
        return 'Detach';
      },
    ];
    bench.settings = () => ({ ...fresh, confirmDetach: 'ask' });
    const fresh = { ...(await fakeWorkbench(attached())).settings() };
    await run(bench, 'sriov.vf.detach', row, [row]);
    expect([bench.control.changes.length, changesOnOther()]).toEqual([1, []]);
  });

  test('its undo goes to that host, too', async () => {
    bench.host.use('lab');
    bench.control.host = attached();
    bench.dialogs.presses = ['Undo'];
    await run(bench, 'sriov.vf.detach', row, [row]);
    expect(changesOnOther()).toEqual([]);
  });
});

describe('what there is one of for each host', () => {
  test('is made when it is connected, and let go with it', async () => {
    const gone: string[] = [];
    const each = new PerHost(bench.host, ({ id }) => ({ dispose: () => gone.push(id) }));
    expect(each.all).toHaveLength(2);
    await bench.host.disconnect('lab');
    expect([gone, each.all.length]).toEqual([['lab'], 1]);
    each.dispose();
    expect(gone).toEqual(['lab', 'other']);
  });
});

test('a host above its rows says how it is connected', () => {
  const [lab] = bench.host.all;
  expect(rootRow(lab!, true, []).description).toBe('connected · current');
  expect(rootRow(lab!, false, [])).toMatchObject({
    ...{ label: 'lab', description: 'connected', context: ';host;other;connected;ssh;', expanded: true },
  });
});
