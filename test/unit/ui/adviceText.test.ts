import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { onTheCommandLine } from '../../../src/cli/adviceText';
import { options } from '../../../src/cli/options';
import { withAdvice, type FrontEnd } from '../../../src/control/withAdvice';
import type { Advice } from '../../../src/model/advice';
import { isRefusal } from '../../../src/model/plan';
import type { AttachRequest } from '../../../src/model/request';
import { buttonsOf, inTheWorkbench } from '../../../src/ui/changes/adviceText';
import { movedDraft } from '../../../src/ui/changes/attachDraft';
import { questions } from '../../../src/ui/changes/attachQuestions';
import { run } from '../../../src/ui/commands/run';
import { commands } from '../../../src/ui/commands/table';
import { FakeControl } from './fakeControl';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost, container, pf, vf } from '../hosts/host';
import { hostWithAttachment, pendingChange } from '../hosts/situations';

/** One of each; the compiler says which is missing. */
const each: { [Do in Advice['do']]: Extract<Advice, { do: Do }> } = {
  recover: { do: 'recover' },
  'undo-instead': { do: 'undo-instead' },
  restore: { do: 'restore' },
  'detach-or-move': { do: 'detach-or-move' },
  'say-whose': { do: 'say-whose', function: 'enp1s0' },
  diagnose: { do: 'diagnose', about: 'iommu' },
  'ask-for-fewer': { do: 'ask-for-fewer', most: 3 },
  'choose-name': { do: 'choose-name' },
  'see-journal': { do: 'see-journal' },
  'undo-last': { do: 'undo-last' },
  force: { do: 'force', name: 'enp1s0' },
  'create-vfs': { do: 'create-vfs', pf: 'enp1s0' },
  'say-which': { do: 'say-which' },
  'give-name-back': { do: 'give-name-back', name: 'enp1s0v0' },
  'clear-first': { do: 'clear-first', brings: ['VLAN 42'] },
  'stop-keeping': { do: 'stop-keeping', id: 'fw-eth1' },
  'let-macs-through': { do: 'let-macs-through', vf: '0000:01:10.0', label: 'enp1s0:0' },
};
const all = Object.values(each);
const cliTerms = new RegExp(`\\bsriov [a-z]|(^|[\\s(])--(${Object.keys(options).join('|')})\\b(?!-)`);

test('what can be done next stands in one table, in the texts of both front ends', async () => {
  const table = all.map(
    (advice) => `${advice.do}\n  ${onTheCommandLine.say(advice)}\n  ${inTheWorkbench.say(advice)}\n`,
  );
  await expect(table.join('')).toMatchFileSnapshot('../../fixtures/advice.txt');
});

test.each(all)(
  'the workbench says $do without terms of the command line, and its buttons exist',
  (advice) => {
    expect(inTheWorkbench.say(advice)).not.toMatch(cliTerms);
    for (const { command } of buttonsOf(advice)) expect(Object.keys(commands)).toContain(command);
  },
);

test('no text of the rooms that both front ends share has terms of the command line', () => {
  const rooms = [
    'model',
    'host',
    'boot',
    'inventory',
    'diagnostics',
    'planning',
    'execution',
    'control',
    'ui',
  ];
  const files = rooms.flatMap((room) =>
    readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(room, file)),
  );
  expect(files.length).toBeGreaterThan(200);
  // Where evidence comes from, for whoever reads the file.
  expect(files.flatMap(linesWithCliTerms)).toEqual([
    "control/evidenceFile.ts: source: 'sriov diagnose --collect',",
  ]);
});

/** The lines of a file, comments apart. */
const linesWithCliTerms = (file: string): string[] =>
  readFileSync(join('src', file), 'utf8')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .split('\n')
    .filter((line) => cliTerms.test(line))
    .map((line) => `${file}: ${line.trim()}`);

describe('a control with the advice of a front end', () => {
  const request: AttachRequest = {
    ...{ kind: 'attach', vf: '0000:01:10.0', container: container('router').id, engine: 'docker' },
  };
  const reasonIn = (frontEnd: FrontEnd) => {
    const control = withAdvice(new FakeControl('lab', hostWithAttachment()), frontEnd);
    const plans = control.plan(request);
    return isRefusal(plans) ? plans.reason : '';
  };

  test('refuses in these', () => {
    expect(reasonIn(onTheCommandLine)).toMatch(/as eth1\. Detach it first, or move it \(--move\)\.$/);
    expect(reasonIn(inTheWorkbench)).toMatch(/as eth1\. Detach it first, or move it\.$/);
  });

  test('plans in these, asks in these, and shows the program that runs', async () => {
    const free = bareHost({
      pfs: [pf([vf(0)])],
      containers: [container('router')],
    });
    const inner = new FakeControl('lab', free);
    const scripted: unknown[] = [];
    inner.script = (plan) => Promise.resolve(`${scripted.push(plan)}`);
    const control = withAdvice(inner, onTheCommandLine);
    const plans = control.plan({ ...request, name: 'eth1' });
    if (isRefusal(plans)) throw new Error(plans.reason);
    expect(plans[0]?.notes.join(' ')).toContain('"sriov recover" renames it back to enp1s0v0.');
    await control.script(plans[0]!);
    expect(JSON.stringify(scripted)).not.toContain('sriov recover');
    const outcome = await control.change({ ...request, name: 'eth1' });
    expect(outcome).toMatchObject({ status: 'done', plan: { notes: plans[0]?.notes } });
  });

  test('tells what an executor left that was ended in the middle: a command, or a button', async () => {
    const inner = new FakeControl('lab', hostWithAttachment());
    inner.outcome = (plan) => ({
      ...{ status: 'stuck', plan, snapshot: inner.host },
      failure: { step: plan.title, exitCode: null, message: 'It was ended.' },
      stuck: [
        {
          step: plan.title,
          message: 'It is written down.',
          command: 'sriov --host lab recover',
          next: { do: 'recover' },
        },
      ],
    });
    const change = { kind: 'detach', vf: '0000:01:10.0' } as const;
    expect(await withAdvice(inner, onTheCommandLine).change(change)).toMatchObject({
      stuck: [{ command: 'sriov --host lab recover' }],
    });
    const bench = await fakeWorkbench(hostWithAttachment(), { confirmDetach: 'never' });
    bench.control.outcome = inner.outcome;
    bench.dialogs.presses = ['Recover'];
    await run(bench, 'sriov.vf.detach', 'vf=0000:01:10.0');
    expect(bench.dialogs.shown.at(-1)).not.toMatch(cliTerms);
    expect(bench.executed).toEqual(['sriov.changes.recover']);
  });
});

test('a change that is in the way can be recovered or finished by a button', async () => {
  const bench = await fakeWorkbench({
    ...hostWithAttachment(),
    pending: [pendingChange('c1', 'Attach VF 1')],
  });
  bench.dialogs.presses = ['Finish'];
  await run(bench, 'sriov.pf.setVfCount', { pf: 'enp1s0', count: 3 });
  expect(bench.dialogs.shown).toEqual([
    'A change on lab was interrupted (Attach VF 1). Recover to undo it, or finish it. Then try again.',
  ]);
  expect(bench.executed).toEqual(['sriov.changes.finish']);
});

test('a VF that is moved is advised to take its name on the host, not the one that comes back wrong', () => {
  const snapshot = hostWithAttachment('eth1');
  const draft = { ...movedDraft(snapshot, snapshot.pfs[0]!.vfs[0]!), container: snapshot.containers[1] };
  expect(questions.name(draft, snapshot).prompt).toContain('Use enp1s0v0, its name on the host, unless');
  const unknown = { ...draft, moves: { hostName: null } };
  expect(questions.name(unknown, snapshot).prompt).not.toMatch(/Keep|Take/);
});
