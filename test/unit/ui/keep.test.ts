import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refuse } from '../../../src/model/plan';
import { run } from '../../../src/ui/commands/run';
import type { Choice, PickQuestion } from '../../../src/ui/dialogs/dialogs';
import { tellKeptFailures } from '../../../src/ui/hosts/keptFailures';
import { Signal } from '../../../src/ui/signal';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';
import { fakeWorkbench } from './fakeWorkbench';
import { failed, keeping, keptOne } from './keptHost';

const free = () => bareHost({ pfs: [pf([vf(0), vf(1)])], containers: [container('fw')] });
const vf0 = '0000:01:10.0';

describe('keeping', () => {
  test('what is attached is kept as it is, after a question that shows what is installed', async () => {
    const host = hostWithAttachment();
    const [fw] = host.containers;
    fw!.routes = [
      { destination: 'default', family: 4, gateway: '192.0.2.1', device: 'eth1', metric: null },
      { destination: '10.0.0.0/8', family: 4, gateway: '192.0.2.9', device: 'eth1', metric: null },
      { destination: '10.9.0.0/16', family: 4, gateway: '172.17.0.1', device: 'eth0', metric: null },
    ];
    const bench = await fakeWorkbench(host);
    bench.dialogs.answers = ['Keep'];
    await run(bench, 'sriov.vf.keep', `vf=${vf0}`);
    expect(bench.control.changes).toMatchObject([
      {
        ...{ kind: 'keep', vf: vf0, container: fw!.id, name: 'eth1', addresses: ['192.0.2.10/24'] },
        ...{ gateway: '192.0.2.1', routes: [{ destination: '10.0.0.0/8', gateway: '192.0.2.9' }] },
      },
    ]);
    const [{ message, detail } = { message: '', detail: '' }] = bench.dialogs.warnings;
    expect(message).toBe('Keep VF 0 of enp1s0 for container fw as eth1?');
    expect(detail).toContain('• Install and start sriov-workbench@docker.service');
    expect(detail).toContain('• Write /etc/sriov-workbench/attachments.d/fw-eth1.json');
    expect(detail).toContain('• Run it: container fw has the VF already');
    expect(detail).toContain('All of it is removed');
    expect(bench.dialogs.shown).toEqual(['VF 0 of enp1s0 is kept for container fw.']);
    expect(bench.revealed).toEqual([{ kind: 'vf', pci: vf0 }]);
  });

  test('nothing is installed by who says no', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.answers = [undefined];
    await run(bench, 'sriov.vf.keep', `vf=${vf0}`);
    expect(bench.control.changes).toEqual([]);
  });

  test('Undo takes back what was made: what was attached before stays', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.answers = ['Keep'];
    bench.dialogs.presses = ['Undo'];
    bench.control.outcome = (plan) => {
      bench.control.host = keeping(hostWithAttachment(), keptOne());
      bench.control.snapshot = bench.control.host;
      return { status: 'done', plan, snapshot: bench.control.host };
    };
    await run(bench, 'sriov.vf.keep', `vf=${vf0}`);
    await vi.waitFor(() => expect(bench.control.changes).toHaveLength(2));
    expect(bench.control.changes[1]).toEqual({ kind: 'stop-keeping', ids: ['fw-eth1'] });
    expect(bench.dialogs.warnings).toHaveLength(1);
  });

  test('one that is in no container says when it can be', async () => {
    const bench = await fakeWorkbench(free());
    await run(bench, 'sriov.vf.keep', `vf=${vf0}`);
    expect(bench.dialogs.shown.at(-1)).toContain('choose “Attach and Keep” when you attach it');
  });

  test('from the palette, those are offered that are not kept already', async () => {
    const bench = await fakeWorkbench(keeping(hostWithAttachment(), keptOne()));
    await run(bench, 'sriov.vf.keep');
    expect(bench.dialogs.shown.at(-1)).toBe('Every attached VF is kept already.');
  });
});

describe('the last step of an attachment', () => {
  const last = (bench: Awaited<ReturnType<typeof fakeWorkbench>>) =>
    (bench.dialogs.questions.at(-1) as PickQuestion<unknown>).choices.filter(
      (one): one is Choice<unknown> => typeof one !== 'string',
    );

  test('offers to keep it; the question shows what is installed, and Undo takes all of it back', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['fw', 'eth1', '', 'Attach and Keep', 'Keep'];
    bench.dialogs.presses = ['Undo'];
    bench.control.outcome = (plan) => {
      bench.control.host = keeping(hostWithAttachment(), keptOne());
      bench.control.snapshot = bench.control.host;
      return { status: 'done', plan, snapshot: bench.control.host };
    };
    await run(bench, 'sriov.vf.attach', `vf=${vf0}`);
    expect(bench.control.changes[0]).toMatchObject({ kind: 'keep', vf: vf0, name: 'eth1' });
    expect(bench.dialogs.warnings[0]?.detail).toContain('• Run it: attach the VF to container fw');
    await vi.waitFor(() => expect(bench.control.changes).toHaveLength(3));
    expect(bench.control.changes.slice(1)).toEqual([
      { kind: 'stop-keeping', ids: ['fw-eth1'], thenDetach: true },
      { kind: 'detach', vf: vf0, afterKeeping: true },
    ]);
  });

  test('says why it can’t be kept, and is silent about engines that tell nobody of a start', async () => {
    const used = { ...free(), pfs: [pf([vf(0, { addresses: ['192.0.2.1/24'] }), vf(1)])] };
    const bench = await fakeWorkbench(used);
    bench.dialogs.answers = ['fw', 'eth1', '', undefined];
    await run(bench, 'sriov.vf.attach', `vf=${vf0}`);
    const keep = last(bench).find(({ label }) => label === 'Attach and Keep');
    expect(keep?.unavailable).toContain('is used by the host (192.0.2.1/24)');
    const blue = container('blue', { engine: 'netns', id: 'blue', networkMode: null });
    const other = await fakeWorkbench({ ...free(), containers: [blue] });
    other.dialogs.answers = ['blue', 'eth1', '', undefined];
    await run(other, 'sriov.vf.attach', `vf=${vf0}`);
    expect(last(other).map(({ label }) => label)).not.toContain('Attach and Keep');
  });
});

describe('stopping', () => {
  test('names what is removed; what is attached may stay', async () => {
    const bench = await fakeWorkbench(keeping(hostWithAttachment(), keptOne()));
    bench.dialogs.answers = ['Leave It Attached', 'Stop Keeping'];
    await run(bench, 'sriov.vf.stopKeeping', `vf=${vf0}`);
    expect(bench.control.changes).toEqual([{ kind: 'stop-keeping', ids: ['fw-eth1'] }]);
    const [{ message, detail } = { message: '', detail: '' }] = bench.dialogs.warnings;
    expect(message).toBe('Stop keeping VF 0 of enp1s0 for container fw?');
    expect(detail).toContain('• Remove fw-eth1: the VF 0000:01:10.0 for container fw');
    expect(detail).toContain('• Remove sriov-workbench@docker.service');
    expect(detail).toContain('stays attached until its container stops');
  });

  test('or goes with it, in one question that says nothing of what is then otherwise', async () => {
    const bench = await fakeWorkbench(keeping(hostWithAttachment(), keptOne()));
    bench.dialogs.answers = ['Detach It, Too', 'Make 2 Changes'];
    await run(bench, 'sriov.vf.stopKeeping', `vf=${vf0}`);
    expect(bench.control.changes).toEqual([
      { kind: 'stop-keeping', ids: ['fw-eth1'], thenDetach: true },
      { kind: 'detach', vf: vf0, afterKeeping: true },
    ]);
    expect(bench.dialogs.warnings[0]?.detail).toContain('• eth1 of fw (192.0.2.10/24)');
    expect(bench.dialogs.warnings[0]?.detail).not.toMatch(/stays attached|attached again|renames it back/);
  });

  test.each([
    ['the watcher', 'watcher'],
    ['CDI', 'cdi'],
  ] as const)('Undo keeps it again as it was, by %s', async (_, trigger) => {
    const settings = { vlan: 42, addresses: ['192.0.2.10/24'] };
    const bench = await fakeWorkbench(keeping(hostWithAttachment(), keptOne({ settings, trigger })));
    bench.dialogs.answers = ['Leave It Attached', 'Stop Keeping'];
    bench.dialogs.presses = ['Undo'];
    bench.control.outcome = (plan) => {
      bench.control.host = hostWithAttachment();
      bench.control.snapshot = bench.control.host;
      return { status: 'done', plan, snapshot: bench.control.host };
    };
    await run(bench, 'sriov.vf.stopKeeping', `vf=${vf0}`);
    await vi.waitFor(() => expect(bench.control.changes).toHaveLength(2));
    expect(bench.control.changes[1]).toMatchObject({
      ...{ kind: 'keep', vf: vf0, container: 'fw', engine: 'docker', name: 'eth1', ...settings },
      via: trigger,
    });
  });

  test('for a container that is not there, nothing is asked about what is attached', async () => {
    const bench = await fakeWorkbench(keeping(bareHost({ containers: [] }), keptOne()));
    bench.dialogs.answers = ['Stop Keeping'];
    await run(bench, 'sriov.vf.stopKeeping', 'kept=fw-eth1');
    expect(bench.dialogs.questions).toEqual([]);
    expect(bench.control.changes).toEqual([{ kind: 'stop-keeping', ids: ['fw-eth1'] }]);
  });

  test('from the palette, one is picked by its VF and how it stands', async () => {
    const other = keptOne({ id: 'gw', vf: '0000:01:10.2', index: 1, container: { name: 'gw' } });
    const bench = await fakeWorkbench(keeping(bareHost({ containers: [] }), keptOne(), other));
    bench.dialogs.answers = ['VF 1 of enp1s0', 'Stop Keeping'];
    await run(bench, 'sriov.vf.stopKeeping');
    expect(bench.control.changes).toEqual([{ kind: 'stop-keeping', ids: ['gw'] }]);
    await run(bench, 'sriov.vf.stopKeeping', { kept: 'nobody' });
    expect(bench.dialogs.shown.at(-1)).toContain('No attachment that lasts has the id “nobody”');
  });
});

describe('the log of the last runs', () => {
  test('is a document, the newest run first', async () => {
    const bench = await fakeWorkbench(keeping(hostWithAttachment(), keptOne()));
    bench.control.runs = [
      { at: '2026-01-02T03:04:05+0000', said: 'VF 0 of enp1s0 is in fw as eth1' },
      { at: '2026-01-02T03:05:00+0000', said: 'VF 0 of enp1s0 is on the host again' },
    ];
    await run(bench, 'sriov.vf.showKeptLog', { kept: 'fw-eth1' });
    expect(bench.shown[0]).toMatchObject({ name: 'fw-eth1.log', language: 'plaintext' });
    expect(bench.shown[0]?.text.split('\n')).toEqual([
      'VF 0 of enp1s0 for container fw (docker), there as eth1',
      ...['kept', '', 'Last runs, newest first:'],
      '2026-01-02T03:05:00+0000  VF 0 of enp1s0 is on the host again',
      '2026-01-02T03:04:05+0000  VF 0 of enp1s0 is in fw as eth1',
      '',
    ]);
  });

  test('where only root may read it, the reason is told', async () => {
    const bench = await fakeWorkbench(keeping(hostWithAttachment(), keptOne()));
    bench.control.runs = refuse('no-password', 'ann may not become root on lab.');
    await run(bench, 'sriov.vf.showKeptLog', `vf=${vf0}`);
    expect([bench.shown, bench.dialogs.shown]).toEqual([[], ['ann may not become root on lab.']]);
  });
});

describe('a failure', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function watched(isWatched = true) {
    const working = keeping(hostWithAttachment(), keptOne());
    const failing = keeping(free(), keptOne({}, failed('the VF is used by br0')));
    const bench = await fakeWorkbench(working);
    const watching = { changed: new Signal(), isWatched: () => watching.seen, seen: isWatched };
    const stop = tellKeptFailures(bench, watching);
    const become = async (snapshot: typeof failing, seconds = 40) => {
      bench.control.host = snapshot;
      await bench.host.refresh();
      await vi.advanceTimersByTimeAsync(seconds * 1000);
    };
    return { bench, watching, become, working, failing, told: bench.dialogs.shown, stop };
  }

  test('is told once to who looks, and again once it has worked meanwhile', async () => {
    const { bench, become, failing, working, told } = await watched();
    bench.dialogs.presses = ['Show Log of Last Runs'];
    await become(failing);
    await become(failing);
    expect(told).toEqual([
      'VF 0 of enp1s0 on lab is kept for container fw, which fails: the VF is used by br0',
    ]);
    expect(bench.calls).toEqual([['sriov.vf.showKeptLog', { host: 'lab', kept: 'fw-eth1' }]]);
    await become(working);
    await become(failing);
    expect(told).toHaveLength(2);
  });

  test('that is over a moment later is not told', async () => {
    const { become, failing, working, told } = await watched();
    await become(failing, 20);
    await become(working);
    expect(told).toEqual([]);
  });

  test('is not told while nobody looks, but to who looks later', async () => {
    const { watching, become, failing, told } = await watched(false);
    await become(failing);
    expect(told).toEqual([]);
    watching.seen = true;
    watching.changed.fire();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(told).toHaveLength(1);
  });

  test('of a host that is lost is not told, and neither is a VF that is on its way', async () => {
    const { bench, become, failing, told } = await watched();
    bench.control.failure = new Error('gone');
    bench.control.snapshot = failing;
    await bench.host.refresh().catch(() => {});
    await vi.advanceTimersByTimeAsync(40_000);
    expect(told).toEqual([]);
    bench.control.failure = undefined;
    await become(keeping(free(), keptOne()));
    expect(told).toEqual([]);
  });
});
