import { describe, expect, test } from 'vitest';
import { readDeclared } from '../../../../src/declared/readDeclared';
import { refuse } from '../../../../src/model/plan';
import { run } from '../../../../src/ui/commands/run';
import { container, host, pf, vf } from '../../hosts/host';
import { changed } from '../../planning/declared/simulated';
import { fakeWorkbench, textOf } from '../fakeWorkbench';

const adapter = 'version: 1\nadapters:\n- nicSelector: {rootDevices: ["0000:01:00.0"]}\n';
const lab = () => host({ pfs: [pf([vf(0), vf(1)])], containers: [container('fw')] });
async function withFile(text: string | undefined) {
  const bench = await fakeWorkbench(lab());
  bench.declaredText = text;
  return bench;
}
const vlans = `${adapter}  vfGroups:\n  - {vfRange: "0-1", vlan: 5}\n`;

describe('a file that declares the host', () => {
  test('its plan is one page, with all of it as one change', async () => {
    const bench = await withFile(vlans);
    await run(bench, 'sriov.declared.plan');
    expect(bench.pagesShown).toHaveLength(1);
    expect(textOf(bench.pagesShown[0])).toContain('Apply what is declared: 2 changes');
    expect(bench.control.changes).toEqual([]);
  });

  test('it is applied when the question is answered, once', async () => {
    const bench = await withFile(vlans);
    bench.dialogs.answers.push('Apply');
    await run(bench, 'sriov.declared.apply');
    expect(bench.dialogs.warnings.map(({ message }) => message)).toEqual([
      'Apply what is declared: 2 changes?',
    ]);
    expect(bench.control.changes.map(({ kind }) => kind)).toEqual(['apply']);
  });

  test('nobody says yes: nothing is changed', async () => {
    const bench = await withFile(vlans);
    bench.dialogs.answers.push(undefined);
    await run(bench, 'sriov.declared.apply');
    expect(bench.dialogs.warnings).toHaveLength(1);
    expect(bench.control.changes).toEqual([]);
  });

  test('what is to last comes after the rest, planned for the host as that left it', async () => {
    const bench = await withFile(
      `${vlans}attachments:\n- {container: {name: fw}, vf: "0000:01:00.0#0", lasting: true}\n`,
    );
    bench.control.outcome = (plan) => {
      const request = bench.control.changes.at(-1);
      if (request) bench.control.host = changed(bench.control.host, request);
      return { status: 'done', plan, snapshot: (bench.control.snapshot = bench.control.host) };
    };
    bench.dialogs.answers.push('Apply', 'Keep');
    await run(bench, 'sriov.declared.apply');
    expect(bench.control.changes.map(({ kind }) => kind)).toEqual(['apply', 'keep']);
    expect(bench.control.host.kept).toHaveLength(1);
  });

  test('what fails is not tried again', async () => {
    const bench = await withFile(vlans);
    bench.control.outcome = (plan) => ({
      status: 'refused',
      plan,
      refusal: refuse('stale', 'It is otherwise.'),
    });
    bench.dialogs.answers.push('Apply');
    await run(bench, 'sriov.declared.apply');
    expect(bench.control.changes).toHaveLength(1);
  });

  test('what is wrong is told with its place, and leads there', async () => {
    const bench = await withFile(`${adapter}  numVFs: 4\n`);
    bench.dialogs.presses = ['Show Place'];
    await run(bench, 'sriov.declared.plan', { file: 'file:///x/sriov.yaml' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(bench.dialogs.shown).toEqual(['sriov.yaml:4:3: "numVFs" is not a key here.']);
    expect(bench.declaredDone).toEqual(['file:///x/sriov.yaml:4:3']);
  });

  test('so is what the host can’t have', async () => {
    const bench = await withFile(`${adapter}  numVfs: 900\n`);
    await run(bench, 'sriov.declared.apply');
    expect(bench.dialogs.shown[0]).toMatch(/^sriov\.yaml:4:11: enp1s0 cannot have 900 VFs/);
    expect(bench.dialogs.warnings).toEqual([]);
  });

  test('without a file, that is said', async () => {
    const bench = await withFile(undefined);
    await run(bench, 'sriov.declared.plan');
    expect(bench.dialogs.shown).toEqual(['Open a sriov.yaml first.']);
  });

  test('adopted, the host is as the new file says', async () => {
    const bench = await withFile(undefined);
    await run(bench, 'sriov.declared.adopt');
    const [text = ''] = bench.declaredDone;
    expect(readDeclared(text)).toMatchObject({ declared: { adapters: [{ numVfs: 2 }] } });
    bench.declaredText = text;
    await run(bench, 'sriov.declared.plan');
    expect(bench.pagesShown).toEqual([]);
    expect(bench.dialogs.said.at(-1)).toMatch(/is as declared\.$/);
  });
});
