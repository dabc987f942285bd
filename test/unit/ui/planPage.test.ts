import { describe, expect, test } from 'vitest';
import type { ChangeHooks } from '../../../src/control/hostControl';
import type { ChangeRequest } from '../../../src/model/request';
import { isRefusal, type Plan } from '../../../src/model/plan';
import { verbs, wrappers } from '../../../src/model/verbs';
import { run } from '../../../src/ui/commands/run';
import { PlanPage } from '../../../src/ui/pages/planPage';
import { bareHost, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';
import { fakeWorkbench, markupOf, textOf, type FakeWorkbench } from './fakeWorkbench';

const setVfs = (count: number): ChangeRequest => ({ kind: 'set-vfs', pf: 'enp1s0', count });
const attach: ChangeRequest = { kind: 'attach', vf: '0000:01:10.2', container: 'fw', name: 'eth2' };

async function planPage(bench: FakeWorkbench, ...requests: ChangeRequest[]): Promise<PlanPage> {
  const plans = requests.flatMap((request) => {
    const planned = bench.host.control!.plan(request);
    if (isRefusal(planned)) throw new Error(planned.reason);
    return planned;
  });
  await bench.pages.showPlan({ host: 'lab', requests, plans });
  const page = bench.pagesShown.at(-1);
  if (!(page instanceof PlanPage)) throw new Error('no plan');
  return page;
}

/** The labels of its buttons. */
const buttons = (page: PlanPage) =>
  [...markupOf(page).matchAll(/<button[^>]*>([^<]*)/g)].map(([, label]) => label);
/** What is said of the whole. */
const state = (page: PlanPage) => /id="state"[^>]*>([^<]*)/.exec(markupOf(page))?.[1];
/** What each step's cell says. */
const states = (page: PlanPage) =>
  [...markupOf(page).matchAll(/class="word">([^<]*)/g)].map(([, word]) => word);

/** The press of a button, as the panel passes it on; what a button runs is run. */
async function press(bench: FakeWorkbench, page: PlanPage, button: string): Promise<void> {
  await page.press(button);
  for (const command of bench.executed.splice(0))
    if (command === 'sriov.changes.applyPlan') await run(bench, command, page.name);
}

describe('the page of a plan', () => {
  test('says what happens, what is lost, and each step with its command and its undo', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([vf(0)])] }));
    const page = await planPage(bench, setVfs(0));
    const text = textOf(page);
    expect(text).toContain('Remove all VFs of enp1s0');
    expect(text).toContain('What Is Lost');
    expect(text).toContain('VF 0 enp1s0v0');
    expect(text).toContain('echo 0 > /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs');
    expect(text).toContain('echo 1 > /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs');
    expect(text).toContain('#!/bin/sh');
    expect(buttons(page)).toEqual(['Apply', 'Copy as Shell Script', 'Save…']);
    expect(state(page)).toBe('Not applied yet.');
    expect(markupOf(page)).toContain(`as it was <time datetime="${bench.control.host.takenAt}">`);
  });

  test('uses no word of the program outside of what is folded away', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    const words = new RegExp(
      `\\b(${[...Object.keys(verbs), ...Object.keys(wrappers)].join('|')}|precondition)\\b`,
      'i',
    );
    for (const request of [attach, setVfs(7), { kind: 'detach', vf: '0000:01:10.0' } as const]) {
      const plans = bench.control.plan(request);
      if (isRefusal(plans)) continue;
      const page = await planPage(bench, request);
      const unfolded = markupOf(page).replaceAll(/<details.*?<\/details>/gs, '');
      expect(unfolded).toContain('<code>');
      expect(words.exec(unfolded)).toBeNull();
    }
  });

  test('takes every name as text', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    bench.control.host.containers[0]!.name = '<img src=x onerror="alert(1)">\u202e';
    const page = await planPage(bench, { ...attach, container: bench.control.host.containers[0]!.id });
    const markup = markupOf(page);
    expect(textOf(page)).toContain('<img src=x onerror="alert(1)">');
    expect(markup).not.toContain('<img');
    expect(markup).not.toContain('\u202e');
    expect(markup).not.toMatch(/<[^>]* on[a-z]+=|<script|<[^>]* style=/);
  });

  test('copies and saves the program with what it does in words', async () => {
    const bench = await fakeWorkbench(bareHost());
    const page = await planPage(bench, setVfs(2));
    await page.press('copy');
    await page.press('save');
    expect(bench.copied[0]).toMatch(/^# Set the number of VFs of enp1s0 to 2\n[^]*\n#!\/bin\/sh\n/);
    expect(bench.saved).toEqual([{ path: 'sriov-plan.sh', text: bench.copied[0] }]);
  });
});

describe('applying it', () => {
  test('shows each step as it goes, what it said, and how it ended', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([], { up: false })] }));
    const page = await planPage(bench, setVfs(2));
    const seen: (string | undefined)[] = [];
    page.changed.on(() => seen.push(state(page)));
    bench.control.heard = (hooks: ChangeHooks) =>
      hooks.onHeard?.({ kind: 'said', index: 2, line: 'no network device appeared for 0000:01:10.0' });
    await press(bench, page, 'apply');
    expect(seen).toEqual(
      expect.arrayContaining(['Looking at the host…', expect.stringMatching(/^Step 2 of 3: /)]),
    );
    expect(states(page)).toEqual(['done', 'done', 'done']);
    expect(textOf(page)).toContain('no network device appeared for 0000:01:10.0');
    expect(state(page)).toBe('enp1s0 now has 2 VFs.');
    expect(buttons(page)).toEqual(['Copy as Shell Script', 'Save…', 'Show Change History']);
    expect(bench.kept).toEqual(['c1']);
    await run(bench, 'sriov.changes.applyPlan');
    expect(bench.control.changes).toHaveLength(1);
    expect([buttons(page)[0], state(page)]).toEqual(['Apply', 'Not applied yet.']);
  });

  test('a failure: what failed and why, and that the steps before it were undone', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([], { up: false })] }));
    const page = await planPage(bench, setVfs(2));
    bench.control.heard = ({ onHeard }: ChangeHooks) => {
      onHeard?.({ kind: 'step', index: 1, state: 'failed' });
      onHeard?.({ kind: 'said', index: 1, line: 'write error: Cannot allocate memory' });
      for (const index of [1, 0]) {
        onHeard?.({ kind: 'step', index, state: 'undoing' });
        onHeard?.({ kind: 'step', index, state: 'undone' });
      }
    };
    bench.control.outcome = (plan) => ({
      ...{ status: 'undone', plan, snapshot: bench.control.host },
      failure: { step: plan.steps[1]!.title, exitCode: 1, message: 'write error: Cannot allocate memory' },
    });
    await press(bench, page, 'apply');
    expect(states(page).slice(0, 2)).toEqual(['undone', 'failed, undone']);
    expect(textOf(page)).toContain('What Went Wrong');
    expect(state(page)).toMatch(/write error: Cannot allocate memory. All changes were undone\.$/);
    expect(buttons(page)[0]).toBe('Plan Again');
    await page.press('again');
    expect([buttons(page)[0], state(page)]).toEqual(['Apply', 'Not applied yet.']);
  });

  test('what was not heard to its end, as the connection was lost, is said as far as it is known', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([], { up: false })] }));
    const page = await planPage(bench, setVfs(2));
    bench.control.heard = ({ onHeard }: ChangeHooks) =>
      onHeard?.({ kind: 'step', index: 2, state: 'running' });
    bench.control.outcome = (plan) => ({ status: 'disconnected', plan, reason: 'The connection broke.' });
    await press(bench, page, 'apply');
    expect(states(page)).toEqual(['done', 'done', 'not known']);
    expect(markupOf(page)).not.toContain('data-running');
    const settled = await planPage(bench, setVfs(2));
    bench.control.outcome = (plan) => ({ status: 'done', plan, snapshot: bench.control.host });
    await press(bench, settled, 'apply');
    expect(states(settled)).toEqual(['done', 'done', 'done']);
  });

  test('a host that changed meanwhile is planned for again, and nothing is done', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([vf(0)])] }));
    const page = await planPage(bench, setVfs(0));
    bench.control.host = bareHost({ pfs: [pf([vf(0), vf(1)])] });
    await press(bench, page, 'apply');
    expect(bench.control.changes).toEqual([]);
    expect(state(page)).toContain('The host has changed.');
    expect(textOf(page)).toContain('VF 1 enp1s0v1');
    bench.dialogs.answers = ['Remove 2 VFs'];
    await press(bench, page, 'apply');
    expect(bench.dialogs.warnings[0]?.buttons).toEqual(['Remove 2 VFs']);
    expect(bench.control.changes).toEqual([setVfs(0)]);
  });

  test('a plan that another change kept from beginning is shown once, as it was made then', async () => {
    const bench = await fakeWorkbench(bareHost());
    const page = await planPage(bench, setVfs(2));
    const make = bench.control.change.bind(bench.control);
    bench.control.change = (request, hooks) => {
      const [plan] = bench.control.plan(request) as Plan[];
      hooks?.onHeard?.({ kind: 'plan', id: 'kept out', plan: plan! });
      return make(request, hooks);
    };
    await press(bench, page, 'apply');
    expect(markupOf(page).match(/<table/g)).toHaveLength(1);
    expect(bench.kept).toEqual(['c1']);
  });

  test('a look at another time is no change', async () => {
    const bench = await fakeWorkbench(hostWithAttachment());
    const page = await planPage(bench, attach);
    bench.control.host = { ...bench.control.host, takenAt: '2030-01-01T00:00:00Z' };
    await press(bench, page, 'apply');
    expect(bench.control.changes).toEqual([attach]);
  });

  test('what is no longer possible says why', async () => {
    const bench = await fakeWorkbench(bareHost());
    const page = await planPage(bench, setVfs(2));
    bench.control.host = bareHost({ pfs: [] });
    await press(bench, page, 'apply');
    expect(state(page)).toContain('enp1s0');
    expect([bench.control.changes, buttons(page)[0]]).toEqual([[], 'Plan Again']);
  });

  test('a question that isn’t answered leaves the plan as it was', async () => {
    const bench = await fakeWorkbench(bareHost({ pfs: [pf([vf(0)])] }));
    const page = await planPage(bench, setVfs(0));
    bench.dialogs.answers = [undefined];
    await press(bench, page, 'apply');
    expect([state(page), buttons(page)[0]]).toEqual(['Not applied yet.', 'Apply']);
  });

  test('another host’s plan isn’t made on this one', async () => {
    const bench = await fakeWorkbench(bareHost());
    const page = await planPage(bench, setVfs(2));
    await bench.host.connect('other');
    await press(bench, page, 'apply');
    expect(state(page)).toContain('This plan is for lab');
    expect(bench.control.changes).toEqual([]);
  });

  test('taken back from the page, it says so and offers that no more', async () => {
    const free = bareHost({ pfs: [pf([vf(0), vf(1)])], containers: hostWithAttachment().containers });
    const bench = await fakeWorkbench(free);
    const page = await planPage(bench, { ...attach, vf: '0000:01:10.0', name: 'eth7' });
    const { outcome } = bench.control;
    bench.control.outcome = (plan) => {
      bench.control.host = plan.kind === 'attach' ? hostWithAttachment() : free;
      return outcome(plan);
    };
    await press(bench, page, 'apply');
    await bench.host.refresh();
    expect(buttons(page)[0]).toBe('Undo');
    await press(bench, page, 'undo');
    expect(state(page)).toBe('It was undone.');
    expect(buttons(page)).toEqual(expect.arrayContaining(['Plan Again', 'Show Change History']));
    expect(buttons(page)).not.toContain('Undo');
  });

  test('what others changed may be what can’t be taken back any more: the page follows', async () => {
    const free = bareHost({ pfs: [pf([vf(0), vf(1)])], containers: hostWithAttachment().containers });
    const bench = await fakeWorkbench(free);
    const page = await planPage(bench, { ...attach, vf: '0000:01:10.0', name: 'eth7' });
    await press(bench, page, 'apply');
    bench.control.host = hostWithAttachment();
    await bench.host.refresh();
    expect(buttons(page)[0]).toBe('Undo');
    let drawn = 0;
    page.changed.on(() => (drawn += 1));
    bench.control.host = free;
    await bench.host.refresh();
    expect(drawn).toBe(1);
    expect(buttons(page)).not.toContain('Undo');
  });

  test('Cancel and Undo cancels', async () => {
    const bench = await fakeWorkbench(bareHost());
    const page = await planPage(bench, setVfs(2));
    let signal: AbortSignal | undefined;
    bench.control.outcome = async (plan) => {
      expect(buttons(page)[0]).toBe('Cancel and Undo');
      await page.press('cancel');
      const failure = { step: 'cancelled', exitCode: null, message: 'It was cancelled.' };
      return { status: 'undone', plan, snapshot: bench.control.host, failure };
    };
    bench.control.heard = (hooks: ChangeHooks) => (signal = hooks.signal);
    await press(bench, page, 'apply');
    expect(signal?.aborted).toBe(true);
    expect(state(page)).toContain('was cancelled; all changes were undone.');
  });
});
