import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validate } from '../../../src/cli/declared/declared';
import { exitOfUsage } from '../../../src/cli/exitCodes';
import { refuse } from '../../../src/model/plan';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { container, host, pf, vf } from '../hosts/host';
import { changed } from '../planning/declared/simulated';
import { planned } from '../planning/planning';
import type { FakeControl } from '../ui/fakeControl';
import { bare, declares, fileOf, folder, printed, run, two } from './declaredRuns';

describe('sriov validate', () => {
  test('needs no host: 0 where the file is right, 1 with every place where it is not', async () => {
    const { print, said, documents } = printed();
    expect(await validate([declares('    numVfs: 2\n')], print, false)).toBe(0);
    const bad = declares('    numVfs: x\n    more: 1\n');
    expect(await validate([bad], print, true)).toBe(1);
    expect(said.join('\n')).toContain(`${bad}:4:13: error: "numVfs" must be a number, not "x".`);
    expect(documents.at(-1)).toMatchObject({
      status: 'invalid',
      problems: [
        { line: 4, column: 13 },
        { line: 5, column: 5 },
      ],
    });
    expect(await validate([join(folder, 'none.yaml')], print, false)).toBe(1);
  });
});

describe('sriov plan', () => {
  test('0: nothing to do', async () => {
    const { code, said } = await run('plan', two, [declares('    numVfs: 2\n')]);
    expect(code).toBe(0);
    expect(said).toBe('lab is as declared.');
  });

  test('2: something to do, which is shown with what it costs', async () => {
    const { code, said, document, control } = await run('plan', two, [declares('    numVfs: 4\n')]);
    expect(code).toBe(2);
    expect(said).toContain('1. Set the number of VFs of enp1s0 to 4');
    expect(said).toContain('~  enp1s0  number of VFs  2 → 4');
    expect(said).toContain('loses: VF 0 enp1s0v0');
    expect(document).toMatchObject({
      status: 'changes',
      differences: [{ stage: 'count', act: 'change', from: '2', to: '4' }],
      changes: [
        { request: { kind: 'set-vfs', count: 4 }, losses: [{}, {}].map(() => expect.any(String) as string) },
      ],
    });
    expect(control.changes).toEqual([]);
  });

  test('1: a bad file, and what is in the way', async () => {
    expect(await run('plan', two, [declares('    numVfs: x\n')])).toMatchObject({ code: 1 });
    const { code, said, document } = await run('plan', two, [declares('    numVfs: 9\n')]);
    expect(code).toBe(1);
    expect(said).toContain('blocked: enp1s0 cannot have 9 VFs.');
    expect(document).toMatchObject({ status: 'blocked', changes: [] });
  });

  test('7: who is not root cannot see where all VFs are', async () => {
    const barred = (control: FakeControl) => void (control.obstacle = refuse('not-permitted', 'no sudo'));
    expect(await run('plan', two, [declares('')], barred)).toMatchObject({ code: 7, said: 'no sudo' });
  });

  test('a wrong call is no difference', () => {
    expect(exitOfUsage(['--host', 'h', 'plan', '--nope'])).toBe(1);
    expect(exitOfUsage(['attach', '--nope'])).toBe(2);
  });
});

describe('a saved plan', () => {
  const file = () => declares('    numVfs: 2\n    vfGroups: [{vfRange: "0", vlan: 42}]\n');
  const plan = join(folder, 'plan.json');

  test('is done as it was saved', async () => {
    expect(await run('plan', two, [file(), '--out', plan])).toMatchObject({ code: 2 });
    const { code, control } = await run('apply', two, [plan, '--yes']);
    expect(code).toBe(0);
    expect(control.changes).toMatchObject([{ kind: 'apply' }]);
  });

  test('3: not where the host has changed since, which is said', async () => {
    await run('plan', two, [file(), '--out', plan]);
    const refusing = async (now: HostSnapshot, ...args: string[]) => {
      const { code, said, control } = await run('apply', now, [plan, ...args]);
      expect(control.changes).toEqual([]);
      return `${code}: ${said}`;
    };
    const vlan = (id: number) => ({ vlan: { id, qos: 0, proto: '802.1Q' as const } });
    const other = host({ pfs: [pf([vf(0, vlan(7)), vf(1)])], containers: [container('fw')] });
    for (const how of ['--yes', '--dry-run'])
      expect(await refusing(other, how)).toMatch(/^3: lab has changed since this was planned \(.*\): "VF 0 of enp1s0, VLAN: 7 → 42" is new\. Plan it again\.$/); // prettier-ignore
    expect(await refusing({ ...two, host: { ...two.host, bootId: 'another' } }, '--yes')).toContain('it was booted'); // prettier-ignore
    expect(await refusing({ ...two, host: { ...two.host, hostname: 'other' } }, '--yes')).toContain('and this host is other'); // prettier-ignore
    // What nobody sees in the plan: the name that the check before it looks for.
    const renamed = host({ pfs: [pf([vf(0, { name: 'net0', mtu: 9000 }), vf(1)])], containers: [container('fw')] }); // prettier-ignore
    await run('plan', two, [declares('    vfGroups: [{vfRange: "0", mtu: 1400}]\n'), '--out', plan]);
    expect(await refusing(renamed, '--yes')).toMatch(/^3: .*is new/);
  });

  test('1: it can’t be written; 2: it is not one', async () => {
    expect(await run('plan', two, [file(), '--out', join(folder, 'none', 'plan.json')])).toMatchObject({
      code: 1,
    });
    expect(await run('apply', two, [fileOf('{"sriovPlan": 2}'), '--yes'])).toMatchObject({ code: 2 });
  });
});

describe('sriov drift', () => {
  const vlan = { kind: 'configure', vf: 'enp1s0:0', vlan: { id: 7, qos: 0, proto: '802.1Q' } } as const;
  const file = () => declares('    vfGroups: [{vfRange: "0-1", vlan: 42}]\n');

  test('names what differs, since when and by whom where one of our changes did it', async () => {
    const made = planned(two, vlan);
    const history = (control: FakeControl) =>
      void (control.past = [
        {
          id: 'c1',
          at: '2026-01-02T03:04:05Z',
          kind: 'configure',
          title: made.title,
          by: 'ann',
          outcome: 'done',
          plan: made,
        },
      ]);
    const { code, said, document } = await run('drift', changed(two, vlan), [file()], history);
    expect(code).toBe(2);
    expect(said).toContain(
      '~  VF 0 of enp1s0  VLAN  7 → 42     since 2026-01-02T03:04:05Z by ann: Put VF 0 into VLAN 7 on enp1s0',
    );
    expect(said).toContain('~  VF 1 of enp1s0  VLAN  none → 42  since: unknown');
    expect(document).toMatchObject({
      status: 'drifted',
      differences: [{ origin: { by: 'ann' } }, { origin: null }],
    });
    // Somebody else changed it afterwards.
    const otherwise = changed(two, { ...vlan, vlan: { ...vlan.vlan, id: 8 } });
    expect((await run('drift', otherwise, [file()], history)).document).toMatchObject({
      differences: [{ origin: null }, { origin: null }],
    });
  });

  test('0 where nothing does', async () => {
    expect(await run('drift', two, [declares('    numVfs: 2\n')])).toMatchObject({
      code: 0,
      said: 'lab is as declared.',
    });
  });
});

describe('sriov apply', () => {
  const file = () => `${declares('    numVfs: 2\n    vfGroups: [{vfRange: "0", vlan: 42}]\n')}`;

  test('with --yes nobody is asked; the second time nothing is done', async () => {
    const { code, said, control } = await run('apply', bare, [file(), '--yes']);
    expect(code).toBe(0);
    expect(said).toContain('Done: 2 changes; lab is as declared.');
    expect(control.changes.map(({ kind }) => kind)).toEqual(['apply']);
    expect(await run('apply', control.host, [file()])).toMatchObject({
      code: 0,
      said: 'lab is as declared; nothing was changed.',
    });
  });

  test('with --dry-run it is the plan', async () => {
    const { code, document, control } = await run('apply', bare, [file(), '--dry-run']);
    expect(code).toBe(0);
    expect(document).toMatchObject({ status: 'changes' });
    expect(control.changes).toEqual([]);
  });

  test('3: in the way; 2: a bad file', async () => {
    expect(await run('apply', bare, [declares('    numVfs: 9\n'), '--yes'])).toMatchObject({ code: 3 });
    expect(await run('apply', bare, [declares('    numVfs: x\n'), '--yes'])).toMatchObject({ code: 2 });
  });

  const failure = {
    step: 'Put VF 0 into VLAN 42',
    exitCode: 2,
    message: 'RTNETLINK answers: Invalid argument',
  };
  test('4: a step failed, and the host has undone all of it', async () => {
    const { code, said } = await run('apply', bare, [file(), '--yes'], (control) => {
      control.outcome = (plan) => ({ status: 'undone', plan, snapshot: control.host, failure });
    });
    expect(code).toBe(4);
    expect(said).toContain(
      '"Put VF 0 into VLAN 42" failed (RTNETLINK answers: Invalid argument). All changes were undone.',
    );
    expect(said).toContain('Nothing is left of it.');
  });

  test('4: what is to last failed, and what was done before is undone, which is said', async () => {
    const lasting = `${readFileSync(file(), 'utf8')}attachments:\n  - {container: {name: fw}, vf: "enp1s0#0", interface: {name: eth1}, lasting: true}\n`;
    const { code, said, control } = await run('apply', two, [fileOf(lasting), '--yes'], (control) => {
      const { outcome } = control;
      control.outcome = (plan) => {
        if (plan.kind === 'apply') return outcome(plan);
        return plan.kind === 'keep'
          ? { status: 'undone', plan, snapshot: control.host, failure }
          : { status: 'done', plan, snapshot: control.host };
      };
    });
    expect(control.changes.map(({ kind }) => kind)).toEqual(['apply', 'keep', 'undo']);
    expect(said).toContain(
      'The changes before it were undone, too:\n  Apply what is declared: 2 changes\nNothing is left of it.',
    );
    expect(code).toBe(4);
  });
});

test('sriov adopt prints the file of the host as it is', async () => {
  const { code, said } = await run('adopt', two, []);
  expect(code).toBe(0);
  expect(await run('plan', two, [fileOf(said)])).toMatchObject({ code: 0 });
});
