import { describe, expect, test } from 'vitest';
import { run } from '../../../src/ui/commands/run';
import { back } from '../../../src/ui/dialogs/dialogs';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';

const free = () =>
  bareHost({
    pfs: [pf([vf(0), vf(1)])],
    containers: [container('fw'), container('hostnet', { networkMode: 'host' })],
  });

describe('what a command is about', () => {
  test('the row it was called on', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['fw', '', '', 'Attach'];
    await run(bench, 'sriov.vf.attach', 'vf=0000:01:10.2');
    expect(bench.control.changes).toMatchObject([{ kind: 'attach', vf: '0000:01:10.2' }]);
  });

  test('plain texts, as on the command line', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['', '', 'Attach'];
    await run(bench, 'sriov.vf.attach', { vf: 'enp1s0:1', container: 'fw' });
    expect(bench.control.changes).toMatchObject([{ vf: '0000:01:10.2', container: container('fw').id }]);
    await run(bench, 'sriov.pf.setVfCount', { pf: 'enp9s0', count: 2 });
    expect(bench.dialogs.shown.at(-1)).toContain('There is no adapter "enp9s0"');
  });

  test('what is selected, when it is called from the palette', async () => {
    const bench = await fakeWorkbench(hostWithAttachment(), { confirmDetach: 'never' });
    bench.selection = [{ kind: 'attachment', vf: '0000:01:10.0', container: 'x' }];
    await run(bench, 'sriov.vf.detach');
    expect(bench.control.changes).toEqual([{ kind: 'detach', vf: '0000:01:10.0' }]);
  });

  test('what is picked, when nothing fitting is selected', async () => {
    const bench = await fakeWorkbench(free());
    bench.selection = [{ kind: 'other' }];
    bench.dialogs.answers = ['VF 0 of enp1s0', 'fw', '', '', 'Attach'];
    await run(bench, 'sriov.vf.attach');
    expect(bench.control.changes).toMatchObject([{ vf: '0000:01:10.0' }]);
  });

  test('all selected rows, where that makes sense', async () => {
    const bench = await fakeWorkbench(free());
    await run(bench, 'sriov.function.copyPciAddress', 'vf=0000:01:10.0', [
      'vf=0000:01:10.0',
      'vf=0000:01:10.2',
    ]);
    expect(bench.copied).toEqual(['0000:01:10.0\n0000:01:10.2']);
  });

  test('an adapter that a container has whole, by its row there', async () => {
    const bench = await fakeWorkbench(free());
    await run(bench, 'sriov.function.copyPciAddress', 'att=0000:01:00.0');
    expect(bench.copied).toEqual(['0000:01:00.0']);
  });

  test('many: the status bar says how many', async () => {
    const all = Array.from({ length: 6 }, (_, index) => vf(index));
    const bench = await fakeWorkbench(bareHost({ pfs: [pf(all)] }));
    const rows = all.map(({ pci }) => `vf=${pci}`);
    await run(bench, 'sriov.function.copyMac', rows[0], rows);
    expect(bench.copied[0]?.split('\n')).toEqual(all.map(({ mac }) => mac));
    expect(bench.dialogs.said).toEqual(['Copied 6 lines.']);
  });

  test('a row that is gone meanwhile', async () => {
    const bench = await fakeWorkbench(free());
    await run(bench, 'sriov.vf.detach', 'vf=0000:09:00.0');
    expect(bench.dialogs.shown).toEqual(['The selected item no longer exists.']);
  });
});

describe('before the first question', () => {
  test('a VF in use', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    await run(bench, 'sriov.vf.attach', { vf: 'enp1s0:0' });
    expect(bench.dialogs.shown).toEqual(['VF 0 of enp1s0 is already in fw; detach it first, or move it.']);
  });

  test('a container that can take none', async () => {
    const bench = await fakeWorkbench(free());
    await run(bench, 'sriov.container.attachVf', { container: 'hostnet' });
    expect(bench.dialogs.shown[0]).toContain("hostnet uses the host's own network");
  });

  test('no VF is free: the way to some is a button', async () => {
    const bench = await fakeWorkbench(bareHost({ containers: [container('fw')] }));
    bench.dialogs.presses = ['Set Number of VFs…'];
    await run(bench, 'sriov.container.attachVf', { container: 'fw' });
    await new Promise(setImmediate);
    expect(bench.executed).toEqual(['sriov.pf.setVfCount']);
  });
});

describe('the number of VFs', () => {
  test('is checked at every key', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = [
      (question) => {
        const problem = 'problem' in question ? question.problem : undefined;
        expect([problem?.('8'), problem?.('x'), problem?.('2'), problem?.('3')]).toEqual([
          'This adapter offers at most 7 VFs (sriov_totalvfs).',
          '"x" is not a number of VFs.',
          'It already has 2.',
          undefined,
        ]);
        return '3';
      },
      'Remove 2 VFs',
    ];
    await run(bench, 'sriov.pf.setVfCount', 'pf=0000:01:00.0');
    expect(bench.control.changes).toEqual([{ kind: 'set-vfs', pf: '0000:01:00.0', count: 3 }]);
  });

  test('removing all asks', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['Remove 2 VFs'];
    await run(bench, 'sriov.pf.removeVfs', 'pf=0000:01:00.0');
    expect(bench.control.changes).toMatchObject([{ count: 0 }]);
  });
});

describe('what can’t be done now', () => {
  test('without a host', async () => {
    const bench = await fakeWorkbench(free());
    await bench.host.disconnect();
    bench.dialogs.presses = ['Connect to Host…'];
    await run(bench, 'sriov.vf.attach');
    await new Promise(setImmediate);
    expect(bench.dialogs.shown).toEqual(['No host is connected yet.']);
    expect(bench.executed).toEqual(['sriov.host.connect']);
  });

  test('on a lost host', async () => {
    const bench = await fakeWorkbench(free());
    bench.control.become({ state: 'lost', reason: 'x', since: '', detail: '' });
    await run(bench, 'sriov.pf.setVfCount', { pf: 'enp1s0', count: 4 });
    expect(bench.dialogs.shown[0]).toContain('Not connected to lab');
    expect(bench.control.changes).toEqual([]);
  });

  test('without root', async () => {
    const { host } = bareHost();
    const user = { name: 'plain', uid: 1000, isRoot: false };
    const bench = await fakeWorkbench({ ...free(), host: { ...host, user } });
    bench.control.obstacle = { refused: true, code: 'not-permitted', reason: 'plain is not root there.' };
    await run(bench, 'sriov.pf.setVfCount', { pf: 'enp1s0', count: 4 });
    expect(bench.dialogs.shown).toEqual(['plain is not root there.']);
    expect(bench.control.changes).toEqual([]);
  });

  test('from a folder that isn’t trusted', async () => {
    const bench = await fakeWorkbench(free());
    bench.trusted = false;
    await run(bench, 'sriov.vf.detach', { vf: 'enp1s0:0' });
    expect(bench.dialogs.shown[0]).toContain('untrusted folders');
  });
});

describe('plans', () => {
  test('of what the row is about, without doing it', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    await run(bench, 'sriov.changes.showPlan', 'vf=0000:01:10.0');
    expect(bench.pagesShown).toMatchObject([{ name: 'Plan: Detach VF 0 of enp1s0 from fw', host: 'lab' }]);
    expect(bench.control.changes).toEqual([]);
  });

  test('can be applied, with the same questions as the change itself', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    await run(bench, 'sriov.changes.showPlan', 'vf=0000:01:10.0');
    bench.dialogs.answers = ['Detach'];
    await run(bench, 'sriov.changes.applyPlan');
    expect(bench.control.changes).toEqual([{ kind: 'detach', vf: '0000:01:10.0' }]);
  });
});

describe('hosts', () => {
  test('a typed one is connected; its port goes the way ssh wants it', async () => {
    const bench = await fakeWorkbench(free());
    bench.dialogs.answers = ['admin@r740:2222'];
    await run(bench, 'sriov.host.connect');
    expect(bench.host.id).toBe('ssh://admin@r740:2222');
    expect(bench.control.disposed).toBe(true);
  });

  test('one that was named is connected before anything is done there', async () => {
    const bench = await fakeWorkbench(free());
    await run(bench, 'sriov.changes.showPlan', { host: 'other', vf: 'nothing' });
    expect(bench.host.id).toBe('other');
  });

  test('a failure is shown with its reason; the host stays chosen', async () => {
    const bench = await fakeWorkbench(free());
    bench.control.failure = Object.assign(new Error('lab refused the login.'), {
      phase: 'login',
      detail: 'Permission denied',
    });
    await run(bench, 'sriov.host.connect', { host: 'lab' });
    expect(bench.dialogs.shown).toEqual(['lab refused the login.']);
    expect(bench.logged.join('\n')).toContain('Permission denied');
    expect(bench.host).toMatchObject({ failedAt: 'login', connection: { state: 'lost' } });
  });

  test('saving and forgetting', async () => {
    const bench = await fakeWorkbench(free(), { hosts: ['a'] });
    bench.dialogs.answers = ['b:22', 'a', back];
    await run(bench, 'sriov.host.save');
    expect(bench.changedSettings.hosts).toEqual(['a', 'ssh://b:22']);
    await run(bench, 'sriov.host.forget');
    expect(bench.changedSettings.hosts).toEqual([]);
  });
});
