import { expect, test } from 'vitest';
import { offerRecovery } from '../../../src/ui/changes/offerRecovery';
import { run } from '../../../src/ui/commands/run';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost } from '../hosts/host';
import { pendingChange } from '../hosts/situations';

const interrupted = bareHost({ pending: [pendingChange('c1', 'Attach VF 0')] });

test('an interrupted change is reported once, and both ways out lead somewhere', async () => {
  for (const [press, command] of [
    ['Finish', 'sriov.changes.finish'],
    ['Undo', 'sriov.changes.recover'],
  ] as const) {
    const bench = await fakeWorkbench(bareHost());
    offerRecovery(bench);
    bench.dialogs.presses = [press];
    bench.control.host = interrupted;
    await bench.host.refresh();
    await bench.host.refresh();
    expect(bench.dialogs.shown).toEqual([
      '“Attach VF 0” was interrupted after 3 of 8 steps; it was started by root.',
    ]);
    await expect.poll(() => bench.executed).toEqual([command]);
  }
});

test('what is running, and what this login may not change, is not offered', async () => {
  const running = bareHost({ pending: [pendingChange('c1', 'x', { running: true })] });
  const { host } = interrupted;
  const plain = { ...interrupted, host: { ...host, user: { ...host.user, isRoot: false } } };
  for (const snapshot of [running, plain]) {
    const bench = await fakeWorkbench(snapshot);
    offerRecovery(bench);
    await bench.host.refresh();
    expect(bench.dialogs.shown).toEqual([]);
  }
});

test('what was being undone can only be undone', async () => {
  const bench = await fakeWorkbench(bareHost({ pending: [pendingChange('c1', 'x', { undoing: true })] }));
  // Had there been a button Finish, it would have been pressed instead.
  bench.dialogs.presses = ['Finish', 'Undo'];
  offerRecovery(bench);
  await bench.host.refresh();
  await expect.poll(() => bench.executed).toEqual(['sriov.changes.recover']);
});

test('the two commands ask the host for the two ways', async () => {
  const bench = await fakeWorkbench(interrupted);
  await run(bench, 'sriov.changes.finish');
  await run(bench, 'sriov.changes.recover');
  expect(bench.control.recovered).toEqual(['finish', 'undo']);
});

test('the last change is undone after a question that shows how', async () => {
  const bench = await fakeWorkbench(bareHost());
  await run(bench, 'sriov.changes.undoLast');
  expect(bench.dialogs.shown[0]).toContain('no change');
});
