import { describe, expect, test } from 'vitest';
import { run } from '../../../../src/ui/commands/run';
import { failsAt, free, fw, heldIn, kinds, livingWorkbench, rows, settled, threeInFw } from './living';

describe('when one doesn’t succeed', () => {
  test('those before it stay, the rest is not attempted, and one button takes back what was done', async () => {
    const bench = await livingWorkbench(free());
    failsAt(bench, 'VF 2');
    bench.dialogs.answers = ['fw', '', '', 'Attach 4 VFs'];
    bench.dialogs.presses = ['Undo Completed Ones'];
    await run(bench, 'sriov.vf.attach', rows[0], rows);
    bench.dialogs.presses = [];
    expect(bench.dialogs.shown[0]).toBe(
      'Attach VF 2 of enp1s0 to fw as enp1s0v2 failed at “Move it”: RTNETLINK answers: File exists. It was undone. Completed before that and kept: 2 of 4. Not attempted: 1.',
    );
    await settled();
    expect(kinds(bench)).toEqual(['attach', 'attach', 'attach', 'detach', 'detach']);
    expect(heldIn(bench)).toEqual([null, null, null, null]);
  });

  test('the first of them: nothing is done, and nothing to take back', async () => {
    const bench = await livingWorkbench(free());
    failsAt(bench, 'VF 0');
    bench.dialogs.answers = ['fw', '', '', 'Attach 2 VFs'];
    bench.dialogs.presses = ['Undo Completed Ones', 'Copy Details'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 2));
    await settled();
    expect(bench.dialogs.shown[0]).toMatch(/It was undone. Not attempted: 1.$/);
    expect(kinds(bench)).toEqual(['attach']);
    expect(bench.copied[0]).toContain('(exit 2)');
  });

  test('a cancel undoes the one that is under way, and the rest is not attempted', async () => {
    const bench = await livingWorkbench(free());
    failsAt(bench, 'VF 1', { cancelled: true });
    bench.dialogs.answers = ['fw', '', '', 'Attach 3 VFs'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 3));
    expect(bench.dialogs.shown[0]).toBe(
      'Attach VF 1 of enp1s0 to fw as enp1s0v1 was cancelled and undone. Completed before that and kept: 1 of 3. Not attempted: 1.',
    );
  });

  test('a cancel between two of them begins no other', async () => {
    const bench = await livingWorkbench(free());
    const before = bench.control.outcome;
    bench.control.outcome = (plan) => {
      bench.dialogs.stop.abort();
      return before(plan);
    };
    bench.dialogs.answers = ['fw', '', '', 'Attach 3 VFs'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 3));
    expect(bench.dialogs.shown[0]).toBe(
      'Cancelled. Completed before that and kept: 1 of 3. Not attempted: 2.',
    );
    expect(heldIn(bench)).toEqual([fw.id, null, null, null]);
  });

  test('a host that is otherwise by then: the refusal is what is told', async () => {
    const bench = await livingWorkbench(free());
    const before = bench.control.outcome;
    bench.control.outcome = (plan) => {
      const outcome = before(plan);
      const [adapter] = bench.control.host.pfs;
      bench.control.host = {
        ...bench.control.host,
        pfs: [{ ...adapter!, vfs: adapter!.vfs.filter(({ index }) => index !== 1) }],
      };
      return outcome;
    };
    bench.dialogs.answers = ['fw', '', '', 'Attach 3 VFs'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 3));
    expect(bench.dialogs.shown[0]).toMatch(
      /no VF "0000:01:10.2".* Completed before that and kept: 1 of 3. Not attempted: 1.$/,
    );
  });

  test('an error on the way to the host ends it as well', async () => {
    const bench = await livingWorkbench(free());
    bench.control.outcome = () => Promise.reject(new Error('lab is gone'));
    bench.dialogs.answers = ['fw', '', '', 'Attach 2 VFs'];
    await run(bench, 'sriov.vf.attach', rows[0], rows.slice(0, 2));
    expect(bench.dialogs.shown[0]).toBe(
      'Attach VF 0 of enp1s0 to fw as enp1s0v0: lab is gone Not attempted: 1.',
    );
  });

  test('one that can’t be undone any more ends the undoing, and says how far it came', async () => {
    const bench = await threeInFw({ confirmDetach: 'never' });
    bench.dialogs.presses = ['Undo'];
    const before = bench.control.outcome;
    bench.control.outcome = (plan) => {
      const outcome = before(plan);
      if (plan.kind !== 'undo') return outcome;
      const other = { ...bench.control.host.lastChange!, id: 'other', title: 'Something else' };
      bench.control.host = { ...bench.control.host, lastChange: other };
      return outcome;
    };
    await run(bench, 'sriov.vf.detach', rows[0], rows.slice(0, 3));
    bench.dialogs.presses = [];
    await settled();
    expect(bench.dialogs.shown.at(-1)).toMatch(
      /^Another change was made since, "Something else".* Completed before that and kept: 1 of 3. Not attempted: 1.$/,
    );
  });
});

test('what some can’t is said in the question, and the others are done', async () => {
  const bench = await threeInFw({ confirmDetach: 'never' });
  const [adapter] = bench.control.host.pfs;
  const lost = adapter!.vfs.map((one) =>
    one.index === 1 ? { ...one, driver: 'vfio-pci', holder: { ...one.holder, kind: 'vfio' as const } } : one,
  );
  bench.control.host = { ...bench.control.host, pfs: [{ ...adapter!, vfs: lost }], attachments: [] };
  await bench.control.refresh();
  bench.dialogs.answers = [undefined, 'Detach 2 VFs'];
  const changes = () => kinds(bench).slice(3);
  await run(bench, 'sriov.vf.detach', rows[0], rows.slice(0, 3));
  expect(changes()).toEqual([]);
  expect(bench.dialogs.warnings[0]).toMatchObject({
    message: 'Detach 2 VFs?',
    detail: expect.stringMatching(/left out:\n• VF 1 of enp1s0 is bound to vfio-pci/) as string,
    buttons: ['Detach 2 VFs', 'Show Plan'],
  });
  await run(bench, 'sriov.vf.detach', rows[0], rows.slice(0, 3));
  expect(changes()).toEqual(['detach', 'detach']);
});
