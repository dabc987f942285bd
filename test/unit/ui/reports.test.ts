import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/model/finding';
import { run } from '../../../src/ui/commands/run';
import { CurrentHost } from '../../../src/ui/hosts/currentHost';
import { readinessDescription, readinessRows } from '../../../src/ui/readiness/rows';
import { KeptRuns } from '../../../src/ui/readiness/runs';
import { FakeControl } from './fakeControl';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost, pf } from '../hosts/host';

const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
  ...{ id, cause: 'other', severity: 'error', subject: 'host', title: `title of ${id}` },
  ...{ explanation: 'Because.', evidence: [], fixes: [] },
  ...more,
});
const log = "[ 1.0] igb 0000:05:00.0: can't enable 2 VFs (bus 06 out of range of [bus 05])";
const host = bareHost({ pfs: [pf([])] });

describe('Diagnose Pasted Log', () => {
  test('the likeliest text comes first, and says what is in it', async () => {
    const bench = await fakeWorkbench(host);
    bench.atHand = [{ from: 'clipboard', name: 'Clipboard', text: `${log}\nmore` }];
    bench.dialogs.answers = ['Clipboard'];
    await run(bench, 'sriov.readiness.diagnoseText');
    expect(bench.dialogs.questions[0]).toMatchObject({
      choices: [
        { label: 'Clipboard', description: '2 lines', detail: log },
        { label: 'Open a File…' },
        { label: 'Paste into an Empty Editor' },
      ],
    });
    const [shown] = bench.shown;
    expect(shown).toMatchObject({
      scheme: 'sriov-report',
      name: 'Readiness of Clipboard.md',
      language: 'markdown',
    });
    expect(shown?.text).toMatch(/^# SR-IOV readiness of Clipboard\n/);
    expect(shown?.text).toContain('cause: bus-out-of-range');
    expect(shown?.text).toContain(log);
  });

  test('needs no host', async () => {
    const bench = await fakeWorkbench(host);
    await bench.host.disconnect();
    bench.file = { from: 'file', name: 'dmesg.txt', text: log };
    bench.dialogs.answers = ['Open a File…'];
    await run(bench, 'sriov.readiness.diagnoseText');
    expect(bench.shown.map(({ name }) => name)).toEqual(['Readiness of dmesg.txt.md']);
  });

  test('an empty editor is read when the person says so', async () => {
    const bench = await fakeWorkbench(host);
    bench.typed = log;
    bench.dialogs.answers = ['Paste into an Empty Editor'];
    bench.dialogs.presses = ['Diagnose'];
    await run(bench, 'sriov.readiness.diagnoseText');
    await expect.poll(() => bench.shown.map(({ name }) => name)).toEqual(['Readiness of Untitled-1.md']);
  });

  test('an unrelated text, and evidence of another form, are reported', async () => {
    const bench = await fakeWorkbench(host);
    await run(bench, 'sriov.readiness.diagnoseText', { text: 'dear diary' });
    expect(bench.dialogs.shown.at(-1)).toMatch(/^Nothing in the text is about SR-IOV\. Useful input: dmesg/);
    await run(bench, 'sriov.readiness.diagnoseText', { text: '{"dmesg": 5}' });
    expect(bench.dialogs.shown.at(-1)).toMatch(/"dmesg" must be a list of lines/);
    expect(bench.shown).toEqual([]);
  });
});

test('Collect Evidence writes the masked file, and says what was masked', async () => {
  const bench = await fakeWorkbench(host);
  await run(bench, 'sriov.readiness.collectEvidence');
  expect(bench.saved).toEqual([{ path: 'sriov-evidence.json', text: '{"evidence":{}}\n' }]);
  expect(bench.dialogs.shown).toEqual([
    'Evidence written; masked: hosts 1. Read it through before you share it.',
  ]);
});

describe('the report of the host', () => {
  test('is there after a run, as Markdown or as JSON', async () => {
    const bench = await fakeWorkbench(host);
    await run(bench, 'sriov.readiness.showReport');
    expect(bench.dialogs.shown.at(-1)).toMatch(/^Run the readiness checks first/);
    bench.control.findings = [finding('a'), finding('b', { severity: 'pass' })];
    await run(bench, 'sriov.readiness.run');
    await run(bench, 'sriov.readiness.showReport');
    expect(bench.shown.at(-1)?.text).toContain('Purpose: network interfaces in containers.');
    await run(bench, 'sriov.readiness.exportReport');
    bench.savesTo = '/tmp/report.json';
    await run(bench, 'sriov.readiness.exportReport');
    expect(bench.saved[0]?.text).toMatch(/^# SR-IOV readiness of /);
    expect(JSON.parse(bench.saved[1]?.text ?? '')).toMatchObject({
      purpose: 'netdev',
      findings: [{ id: 'a' }, {}],
    });
  });

  test('the purpose is kept, and judged at once', async () => {
    const bench = await fakeWorkbench(host);
    bench.dialogs.answers = ['Virtual Machines'];
    await run(bench, 'sriov.readiness.choosePurpose');
    expect(bench.changedSettings).toEqual({ 'readiness.purpose': 'vm' });
    expect(bench.executed).toContain('sriov.readiness.focus');
  });
});

/** The part of VS Code's storage that we use. */
function memory() {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, otherwise?: T) => (kept.get(key) as T | undefined) ?? otherwise,
    update: (key: string, value: unknown) =>
      Promise.resolve(void kept.set(key, JSON.parse(JSON.stringify(value)))),
  };
}

describe('what changed since the last run', () => {
  const bad = finding('a');
  const other = finding('b', { subject: '0000:01:00.0' });

  test('is kept per machine and purpose, over the life of a window', async () => {
    const state = memory();
    const window = async (id: string) => {
      const control = new FakeControl(id, host);
      const current = new CurrentHost(() => control, new KeptRuns(state));
      await current.connect(id);
      return { control, current };
    };
    const first = await window('r740');
    first.control.findings = [bad];
    await first.current.diagnose('netdev');
    expect(first.current.readiness?.changes).toBeUndefined();

    const second = await window('r740');
    second.control.findings = [other];
    await second.current.diagnose('vm');
    expect(second.current.readiness?.changes).toBeUndefined();
    await second.current.diagnose('netdev');
    expect(second.current.readiness?.changes).toMatchObject({
      fixed: [{ id: 'a' }],
      new: [{ id: 'b' }],
      still: [],
    });

    const elsewhere = await window('r741');
    await elsewhere.current.diagnose('netdev');
    expect(elsewhere.current.readiness?.changes).toBeUndefined();
    await second.current.diagnose('netdev');
    expect(second.current.readiness?.changes).toMatchObject({ fixed: [], new: [], still: [{ id: 'b' }] });
    expect(JSON.stringify(state.get('sriov.readiness.runs'))).not.toContain('Because');
  });

  test('what another version wrote is no run', async () => {
    const state = memory();
    await state.update('sriov.readiness.runs', { r740: 5 });
    expect(
      await new KeptRuns(state).replace('r740', 'vm', { at: new Date(), findings: [bad] }),
    ).toBeUndefined();
    expect(await new KeptRuns(state).replace('r740', 'vm', { at: new Date(), findings: [] })).toMatchObject({
      findings: [{ id: 'a' }],
    });
  });

  test('and is shown: new on the row, fixed in a group, both beside the title', () => {
    const changes = { fixed: [bad], new: [other], still: [], unseen: [], since: new Date(0) };
    const rows = readinessRows('lab', [other], changes);
    expect(rows.map(({ label, children }) => [label, children.map((row) => row.description)])).toEqual([
      ['Kernel and Access', ['failed · new · 0000:01:00.0']],
      ['Fixed Since the Last Run', ['']],
    ]);
    expect(new Set(rows.flatMap((row) => [row.id, ...row.children.map(({ id }) => id)])).size).toBe(4);
    expect(readinessDescription({ findings: [other], purpose: 'vfio', at: new Date(), changes })).toBe(
      '1 new, 1 fixed · for DPDK',
    );
  });
});

describe('Copy Result by key', () => {
  const check = (id: string) => ({ kind: 'check', id, about: 'host' }) as const;
  const withFocus = async (selected: string[], focus: string) => {
    const bench = await fakeWorkbench(host);
    bench.control.findings = [finding('a'), finding('b')];
    await run(bench, 'sriov.readiness.run');
    bench.selection = selected.map(check);
    bench.execute = (command) => {
      bench.executed.push(command);
      const others = bench.selection.filter((one) => one.kind !== 'check' || one.id !== focus);
      bench.selection = others.length < bench.selection.length ? others : [...bench.selection, check(focus)];
      return Promise.resolve();
    };
    await run(bench, 'sriov.readiness.copyResult', { view: 'sriov.readiness', focused: true });
    return bench;
  };
  test.each([
    [[], 'b'],
    [['a'], 'b'],
    [['b'], 'b'],
  ])('of the row with the focus, when %j is selected', async (selected, focus) => {
    const bench = await withFocus(selected, focus);
    expect(bench.copied).toEqual([expect.stringContaining(`title of ${focus}`)]);
    expect(bench.selection).toEqual(selected.map(check));
  });
});
