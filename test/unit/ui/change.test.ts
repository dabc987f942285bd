import { describe, expect, test } from 'vitest';
import { change } from '../../../src/ui/changes/change';
import type { ChangeRequest } from '../../../src/model/request';
import { unknownRoom } from '../../../src/model/vfCapacity';
import { fakeWorkbench, textOf } from './fakeWorkbench';
import { bareHost, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';

const attach: ChangeRequest = { kind: 'attach', vf: '0000:01:10.2', container: 'fw', name: 'eth2' };
const detach: ChangeRequest = { kind: 'detach', vf: '0000:01:10.0' };
const setVfs = (count: number): ChangeRequest => ({ kind: 'set-vfs', pf: 'enp1s0', count });
const twoFree = () => bareHost({ pfs: [pf([vf(0), vf(1)])] });

describe('asking first', () => {
  test('the first VFs, and a free VF: nobody is asked', async () => {
    const bench = await fakeWorkbench(bareHost());
    await change(bench, [setVfs(4)]);
    const other = await fakeWorkbench(hostWithAttachment());
    await change(other, [attach], { reviewed: true });
    expect([bench.control.changes, other.control.changes]).toEqual([[setVfs(4)], [attach]]);
    expect([bench.dialogs.warnings, other.dialogs.warnings]).toEqual([[], []]);
  });

  test('another number of VFs: everything that goes is listed, the button is the verb', async () => {
    const bench = await fakeWorkbench(twoFree());
    bench.dialogs.answers = ['Remove 2 VFs'];
    await change(bench, [setVfs(4)]);
    expect(bench.dialogs.warnings).toEqual([
      {
        message: 'Set the number of VFs of enp1s0 to 4?',
        detail: expect.stringMatching(/• VF 0 enp1s0v0.*\n• VF 1 enp1s0v1/) as string,
        buttons: ['Remove 2 VFs', 'Show Plan'],
      },
    ]);
    expect(bench.control.changes).toEqual([setVfs(4)]);
  });

  test('VFs that will probably not fit: the prediction is asked about, though nothing is lost', async () => {
    const cramped = pf([], { room: { ...unknownRoom, offset: 254, stride: 2, lastBus: 1 } });
    const bench = await fakeWorkbench(bareHost({ pfs: [cramped] }));
    bench.dialogs.answers = [undefined];
    await change(bench, [setVfs(4)]);
    expect(bench.dialogs.warnings).toMatchObject([
      {
        detail: expect.stringMatching(/will probably fail: .*bus numbers for only 1 of the 4/) as string,
        buttons: ['Create 4 VFs', 'Show Plan'],
      },
    ]);
    expect(bench.control.changes).toEqual([]);
  });

  test('cancelled: nothing happens', async () => {
    const bench = await fakeWorkbench(twoFree());
    bench.dialogs.answers = [undefined];
    await change(bench, [setVfs(0)]);
    expect(bench.control.changes).toEqual([]);
    expect(bench.dialogs.shown).toEqual([]);
  });

  test('Show Plan shows instead', async () => {
    const bench = await fakeWorkbench(twoFree());
    bench.dialogs.answers = ['Show Plan'];
    await change(bench, [setVfs(0)]);
    expect(textOf(bench.pagesShown[0])).toContain('Remove all VFs of enp1s0');
    expect(bench.control.changes).toEqual([]);
  });

  test('a detach from a running container asks, unless the setting says not to', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.answers = ['Detach, Don’t Ask Again'];
    await change(bench, [detach]);
    expect(bench.dialogs.warnings[0]).toMatchObject({
      message: 'Detach VF 0 of enp1s0 from fw?',
      detail: 'This will be removed:\n• eth1 of fw (192.0.2.10/24)',
    });
    expect(bench.changedSettings).toEqual({ 'confirm.detach': 'never' });
    expect(bench.control.changes).toEqual([detach]);
    const other = await fakeWorkbench(hostWithAttachment(), { confirmDetach: 'never' });
    await change(other, [detach]);
    expect(other.control.changes).toEqual([detach]);
  });

  test('several detached at once are one question, by name', async () => {
    const host = hostWithAttachment();
    const [vf, other] = host.pfs[0]!.vfs;
    host.pfs[0]!.vfs = [vf!, { ...other!, holder: vf!.holder }];
    const bench = await fakeWorkbench(host);
    bench.dialogs.answers = ['Detach 2 VFs'];
    await change(bench, [detach, { ...detach, vf: other!.pci }]);
    expect(bench.dialogs.warnings[0]).toMatchObject({
      message: 'Detach 2 VFs?',
      detail: expect.stringMatching(/• eth1 of fw .*\n• fw loses its interface enp1s0v1/) as string,
    });
    expect(bench.control.changes).toHaveLength(2);
  });

  test('what would be lost by then and was not listed is asked about again', async () => {
    const bench = await fakeWorkbench(twoFree());
    const before = bench.control.change.bind(bench.control);
    bench.control.change = (request, hooks) => {
      bench.control.host = bareHost({ pfs: [pf([vf(0), vf(1), vf(2)])] });
      return before(request, hooks);
    };
    bench.dialogs.answers = ['Remove 2 VFs', undefined];
    await change(bench, [setVfs(0)]);
    expect(bench.dialogs.warnings[1]?.detail).toContain('has changed since you were asked');
    expect(bench.control.changes).toEqual([]);
  });

  test('more than ten are counted', async () => {
    const vfs = Array.from({ length: 12 }, (_, index) => vf(index));
    const bench = await fakeWorkbench(bareHost({ pfs: [pf(vfs, { totalVfs: 63 })] }));
    bench.dialogs.answers = [undefined];
    await change(bench, [setVfs(0)]);
    expect(bench.dialogs.warnings[0]?.detail.match(/•/g)).toHaveLength(10);
    expect(bench.dialogs.warnings[0]?.detail).toContain('and 2 more');
  });
});

describe('a protected interface', () => {
  const guarded = () => bareHost({ pfs: [pf([], { protectedBecause: ['it carries this ssh connection'] })] });

  test('is blocked, and its typed name overrules', async () => {
    const bench = await fakeWorkbench(guarded());
    bench.dialogs.answers = ['Type the Interface’s Name…', 'enp1s0', 'Create 2 VFs'];
    await change(bench, [setVfs(2)]);
    expect(bench.dialogs.warnings[0]?.detail).toContain('it carries this ssh connection');
    expect(bench.dialogs.warnings[1]?.detail).toContain('undone after 60 s');
    expect(bench.control.changes).toEqual([{ ...setVfs(2), forceInterface: 'enp1s0' }]);
  });

  test('another name does not', async () => {
    const bench = await fakeWorkbench(guarded());
    bench.dialogs.answers = ['Type the Interface’s Name…', 'enp2s0'];
    await expect(change(bench, [setVfs(2)])).rejects.toThrow('not the name');
  });
});

describe('how it ended', () => {
  test('a refusal is one sentence, and nothing was run', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    await change(bench, [setVfs(0)]);
    expect(bench.dialogs.shown).toEqual([expect.stringContaining('is in container fw as eth1')]);
    expect(bench.control.changes).toEqual([]);
  });

  test('the steps are shown while they run', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([], { up: false })] }));
    await change(bench, [setVfs(2)]);
    expect(bench.dialogs.progressed[0]).toBe('Set the number of VFs of enp1s0 to 2');
    expect(bench.dialogs.progressed[1]).toMatch(/^step 1\/3 /);
    expect(bench.dialogs.progressed.at(-1)).toMatch(/^step 3\/3 /);
    expect(bench.dialogs.said).toEqual(['enp1s0 now has 2 VFs.']);
  });

  test('an attachment can be undone without another question', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.dialogs.presses = ['Undo'];
    bench.control.outcome = (plan) => {
      const fw = bench.control.host.containers[0]!;
      const held = { kind: 'container' as const, containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' };
      const vfs = bench.control.host.pfs[0]!.vfs.map((vf) => (vf.index === 1 ? { ...vf, holder: held } : vf));
      bench.control.host = { ...bench.control.host, pfs: [pf(vfs)] };
      return { status: 'done', plan, snapshot: bench.control.host };
    };
    await change(bench, [attach], { reviewed: true });
    await new Promise(setImmediate);
    expect(bench.dialogs.shown).toEqual(['fw now has VF 1 of enp1s0 as eth2.']);
    expect(bench.control.changes).toEqual([attach, { kind: 'detach', vf: '0000:01:10.2' }]);
    expect(bench.dialogs.warnings).toEqual([]);
  });

  test('a failure names the step and what it said', async () => {
    const bench = await fakeWorkbench(bareHost());
    bench.dialogs.presses = ['Copy Details'];
    bench.control.outcome = (plan) => ({
      status: 'undone',
      plan,
      snapshot: bench.control.host,
      failure: {
        step: 'Create 2 VFs on enp1s0',
        exitCode: 1,
        message: 'write error: Cannot allocate memory',
      },
    });
    await change(bench, [setVfs(2)]);
    await new Promise(setImmediate);
    expect(bench.dialogs.shown).toEqual([
      'Set the number of VFs of enp1s0 to 2 failed at “Create 2 VFs on enp1s0”: write error: Cannot allocate memory. All changes were undone.',
    ]);
    expect(bench.copied[0]).toContain('(exit 1)');
  });

  test('what is stuck can be recovered', async () => {
    const bench = await fakeWorkbench(bareHost());
    bench.dialogs.presses = ['Recover'];
    bench.control.outcome = (plan) => ({
      status: 'stuck',
      plan,
      snapshot: bench.control.host,
      failure: { step: 'a', exitCode: 2, message: 'no' },
      stuck: [{ step: 'b', message: 'no either', command: 'sriov recover', next: { do: 'recover' } }],
    });
    await change(bench, [setVfs(2)]);
    await new Promise(setImmediate);
    expect(bench.dialogs.shown[0]).toContain('One step could not be undone; Recover tries again.');
    expect(bench.executed).toEqual(['sriov.changes.recover']);
  });

  test('any other change can be undone by that button, as long as it is the last', async () => {
    const bench = await fakeWorkbench(bareHost());
    bench.dialogs.presses = ['Undo'];
    bench.control.outcome = (plan) => {
      const last = { id: 'c1', title: plan.title, at: null, by: null, beforeBoot: false, plan };
      const made = { ...pf([vf(0), vf(1)]), numVfs: 2 };
      if (plan.kind === 'set-vfs') bench.control.host = bareHost({ pfs: [made], lastChange: last });
      bench.control.snapshot = bench.control.host;
      return { status: 'done', plan, snapshot: bench.control.host };
    };
    bench.dialogs.answers = ['Undo'];
    await change(bench, [setVfs(2)]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bench.control.changes).toEqual([setVfs(2), { kind: 'undo', change: 'c1' }]);
    expect(bench.dialogs.warnings[0]?.detail).toContain('enp1s0v0');
  });

  test('what can’t be undone offers no button for it', async () => {
    const bench = await fakeWorkbench(bareHost());
    await change(bench, [setVfs(2)]);
    expect([bench.dialogs.shown, bench.dialogs.said]).toEqual([[], ['enp1s0 now has 2 VFs.']]);
  });

  test('a failure shows how each step went', async () => {
    const bench = await fakeWorkbench(bareHost());
    bench.dialogs.presses = ['Show Change'];
    bench.control.outcome = (plan) => ({
      ...{ status: 'undone', plan, snapshot: bench.control.host },
      failure: { step: plan.steps[0]!.title, exitCode: 1, message: 'no' },
    });
    await change(bench, [setVfs(2)]);
    await new Promise(setImmediate);
    expect(textOf(bench.pagesShown[0])).toContain('All changes were undone.');
    expect(bench.kept).toEqual(['c1']);
  });

  test('a cancel is no error', async () => {
    const bench = await fakeWorkbench(bareHost());
    bench.control.outcome = (plan) => ({
      status: 'undone',
      plan,
      snapshot: bench.control.host,
      failure: { step: 'cancelled', exitCode: null, message: 'It was cancelled.' },
    });
    await change(bench, [setVfs(2)]);
    expect(bench.dialogs.shown).toEqual([
      'Set the number of VFs of enp1s0 to 2 was cancelled; all changes were undone.',
    ]);
  });

  test('several changes stop at the first that does not succeed', async () => {
    const bench = await fakeWorkbench(
      bareHost({ pfs: [pf([]), pf([], { pci: '0000:02:00.0', name: 'enp2s0' })] }),
    );
    bench.control.outcome = (plan) => ({
      status: 'mismatch',
      plan,
      snapshot: bench.control.host,
      differences: ['It has 0 VFs.'],
    });
    await change(bench, [setVfs(2), { kind: 'set-vfs', pf: 'enp2s0', count: 2 }]);
    expect(bench.control.changes).toHaveLength(1);
    expect(bench.dialogs.shown[0]).toContain('It has 0 VFs.');
  });
});
