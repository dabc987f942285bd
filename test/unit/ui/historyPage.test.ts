import { expect, test } from 'vitest';
import { ChangeRecord } from '../../../src/ui/changes/changeRecord';
import { KeptChanges } from '../../../src/ui/changes/keptChanges';
import { run } from '../../../src/ui/commands/run';
import { HistoryPage } from '../../../src/ui/pages/historyPage';
import type { PastChange } from '../../../src/model/journal';
import { isRefusal, type Plan } from '../../../src/model/plan';
import { hostWithAttachment } from '../hosts/situations';
import { fakeWorkbench, markupOf, memento, textIn, textOf, type FakeWorkbench } from './fakeWorkbench';

const attach = { kind: 'attach', vf: '0000:01:10.2', container: 'fw', name: 'eth2' } as const;

const past = (id: string, title: string, more: Partial<PastChange> = {}): PastChange => ({
  ...{ id, title, kind: 'configure', by: 'ann', at: '2026-05-01T10:00:00Z', outcome: 'done' },
  ...more,
});

function planOf(bench: FakeWorkbench): Plan {
  const plans = bench.control.plan(attach);
  if (isRefusal(plans)) throw new Error(plans.reason);
  return plans.at(-1)!;
}

async function opened(
  bench: FakeWorkbench,
  history: PastChange[],
  kept = new KeptChanges(memento()),
  words = '',
): Promise<HistoryPage> {
  bench.control.past = history;
  const page = new HistoryPage(bench, kept, words);
  expect(await page.load()).toBe(true);
  return page;
}

/** The changes as they stand on the page: each one's title, and what stands below it. */
const items = (page: HistoryPage): string[][] =>
  markupOf(page)
    .split('<li ')
    .slice(1)
    .map((one) =>
      textIn(`<li ${one}`)
        .split('\n')
        .map((line) => line.replace(/^[ ·]+|[ ·]+$/g, ''))
        .filter(Boolean),
    );

test('newest first; each says who, when, how it ended, and why it can’t be undone', async () => {
  const bench = await fakeWorkbench(hostWithAttachment());
  const plan = planOf(bench);
  const page = await opened(bench, [
    past('a', 'Set A'),
    past('b', 'Set B', { plan }),
    past('c', 'Set C', { plan }),
    past('d', 'Undo: Set C', { kind: 'undo' }),
    past('e', 'Set E', { outcome: 'undone' }),
    past('f', 'Set F', { outcome: 'stuck' }),
  ]);
  const said = items(page);
  expect(said.map(([title]) => title)).toEqual(['Set F', 'Set E', 'Undo: Set C', 'Set C', 'Set B', 'Set A']);
  expect(said[0]).toEqual(
    expect.arrayContaining(['failed, and only partly undone', 'by ann', '2026-05-01T10:00:00Z']),
  );
  const reasons = said.map((one) => one.find((line) => /undo|how\./i.test(line) && line.endsWith('.')));
  expect(reasons).toEqual([
    'It is half done; “Recover” undoes it.',
    'It failed or was cancelled, and was undone.',
    'Can’t be undone: it is an undo itself. Make the original change again instead.',
    'It was undone.',
    'Only the last change can be undone: undo the later ones first.',
    'Can’t be undone any more: the host no longer keeps how.',
  ]);
});

test('the last one that is kept can be undone, if the host is still so', async () => {
  const bench = await fakeWorkbench(hostWithAttachment());
  const plan = { ...planOf(bench), kind: 'configure', promises: [], before: [] } as unknown as Plan;
  bench.control.host.lastChange = { id: 'a', title: 'Set A', at: null, by: null, beforeBoot: false, plan };
  const page = await opened(bench, [past('a', 'Set A', { plan })]);
  expect(markupOf(page)).toContain('data-press="undo" data-about="a"');
  await page.press('undo', 'a');
  expect(bench.executed).toEqual(['sriov.changes.undoLast']);
  const promises: Plan['promises'] = [
    { kind: 'vf-settings', vf: '0000:01:10.2', settings: {}, mtu: 9, driver: null },
  ];
  bench.control.host.lastChange = { ...bench.control.host.lastChange, plan: { ...plan, promises } };
  expect(markupOf(page)).not.toContain('data-press="undo"');
  expect(textOf(page)).toContain('"Set A" cannot be undone: the host has changed since.');
});

test('a change that was closed later is there once, as it ended', async () => {
  const bench = await fakeWorkbench(hostWithAttachment());
  const page = await opened(bench, [
    past('a', 'Set A', { outcome: 'stuck' }),
    past('b', 'Set B'),
    past('a', 'Set A', { outcome: 'undone' }),
  ]);
  expect(items(page).map(([title, outcome]) => [title, outcome])).toEqual([
    ['Set A', 'failed or cancelled, and undone'],
    ['Set B', 'done'],
  ]);
});

test('the steps as the host keeps them, with what was heard here, also of what failed', async () => {
  const bench = await fakeWorkbench(hostWithAttachment());
  const plan = planOf(bench);
  const kept = new KeptChanges(memento());
  const record = new ChangeRecord();
  record.hear({ kind: 'plan', id: 'a', plan });
  record.hear({ kind: 'step', index: 0, state: 'running' });
  record.hear({ kind: 'step', index: 0, state: 'failed' });
  record.hear({ kind: 'said', index: 0, line: 'No space left on device' });
  record.hear({ kind: 'step', index: 0, state: 'undone' });
  const failure = { step: plan.steps[0]!.title, exitCode: 1, message: 'No space left on device' };
  record.end({ status: 'undone', plan, snapshot: bench.control.host, failure });
  await kept.keep('lab', record);
  const text = textOf(await opened(bench, [past('a', 'Set A', { outcome: 'undone' })], kept));
  expect(text).toMatch(/No space left on device\. All changes were undone\./);
  expect(text).toMatch(/failed, undone\n[^]*No space left on device\n/);
  const theirs = textOf(await opened(bench, [past('b', 'Set B', { plan })], kept));
  expect(theirs).toContain('The output of the steps is kept where the change was made.');
});

test('is found by what functions and containers are called now', async () => {
  const bench = await fakeWorkbench(hostWithAttachment());
  const page = await opened(bench, [past('a', 'Set A', { plan: planOf(bench) })], undefined, 'enp1s0v1');
  const words = /data-words="([^"]*)/.exec(markupOf(page))?.[1];
  for (const word of ['set a', 'ann', '0000:01:10.2', 'enp1s0v1', 'fw']) expect(words).toContain(word);
  expect(markupOf(page)).toContain('value="enp1s0v1"');
});

test('called on a row it is about that one', async () => {
  const bench = await fakeWorkbench(hostWithAttachment());
  await run(bench, 'sriov.changes.showHistory', 'vf=0000:01:10.2');
  await run(bench, 'sriov.changes.showHistory', { container: 'fw' });
  await run(bench, 'sriov.changes.showHistory');
  const filters = bench.pagesShown.map(
    (page) => /id="filter" type="search" value="([^"]*)/.exec(markupOf(page))?.[1],
  );
  expect(filters).toEqual(['enp1s0v1', 'fw', '']);
});

test('a new last change is read again, and nobody is asked for a password for it', async () => {
  const bench = await fakeWorkbench(hostWithAttachment());
  const page = await opened(bench, []);
  expect(textOf(page)).toContain('No change has been made yet.');
  bench.control.past = [past('a', 'Set A')];
  bench.control.host.lastChange = {
    id: 'a',
    title: 'Set A',
    at: null,
    by: null,
    beforeBoot: false,
    plan: null,
  };
  await bench.control.refresh();
  await new Promise(setImmediate);
  expect(items(page).map(([title]) => title)).toEqual(['Set A']);
});
