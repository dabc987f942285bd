import { beforeEach, describe, expect, test } from 'vitest';
import { plain } from '../../../src/ui/arranging/arrangement';
import { Arrangements } from '../../../src/ui/arranging/arrangements';
import { inContainerOrder, inVfOrder } from '../../../src/ui/arranging/order';
import { CurrentHost } from '../../../src/ui/hosts/currentHost';
import { clearFilter, filterRows, freeOnly, runningOnly } from '../../../src/ui/commands/looking/filter';
import { groupContainers, sortRows } from '../../../src/ui/commands/looking/arrange';
import type { PickQuestion, TextQuestion } from '../../../src/ui/dialogs/dialogs';
import { container, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';
import { memento, fakeWorkbench, type FakeWorkbench } from './fakeWorkbench';

describe('how a host is shown', () => {
  const on = (machine: string | undefined, state = memento()) => new Arrangements({ machine }, state);

  test('is remembered for that host, and for no other', async () => {
    const state = memento();
    await on('a', state).change({ filter: 'web', grouping: 'engine' });
    await on('b', state).change({ vfs: 'free' });
    expect(on('a', state).now).toEqual({ ...plain, filter: 'web', grouping: 'engine' });
    expect(on('b', state).now).toEqual({ ...plain, vfs: 'free' });
    expect(on('c', state).now).toEqual(plain);
  });

  test('is forgotten of the host that was arranged longest ago when there are many', async () => {
    const state = memento();
    for (let index = 0; index < 51; index += 1) await on(`h${index}`, state).change({ filter: 'x' });
    expect(on('h0', state).now.filter).toBe('');
    expect(on('h1', state).now.filter).toBe('x');
  });

  test('what another version kept does no harm', async () => {
    const state = memento();
    await state.update('sriov.arrangements', {
      a: { vfs: 'by moon phase', filter: 7, containers: 'name' },
      b: 1,
    });
    expect(on('a', state).now).toEqual({ ...plain, containers: 'name' });
    expect(on('b', state).now).toEqual(plain);
  });

  test('a trial is shown, and not remembered', async () => {
    const state = memento();
    const arrangements = on('a', state);
    let drawn = 0;
    arrangements.changed.on(() => (drawn += 1));
    await arrangements.change({ filter: 'before' });
    arrangements.try({ filter: 'w' });
    expect(arrangements.now.filter).toBe('w');
    expect(on('a', state).now.filter).toBe('before');
    arrangements.leave();
    expect(arrangements.now.filter).toBe('before');
    expect(drawn).toBe(3);
  });

  test('a trial on one host is nothing to the next', () => {
    const host = { machine: 'a' };
    const arrangements = new Arrangements(host, memento());
    arrangements.try({ filter: 'w' });
    host.machine = 'b';
    expect(arrangements.now).toEqual(plain);
  });

  test('this machine is another one in each remote window', async () => {
    const { host, control } = await fakeWorkbench(hostWithAttachment());
    expect(host.machine).toBe(control.id);
    expect(new CurrentHost(() => control).machine).toBeUndefined();
  });
});

describe('the commands', () => {
  let bench: FakeWorkbench;
  const now = () => bench.arrangements.now;
  beforeEach(async () => void (bench = await fakeWorkbench(hostWithAttachment())));
  const typing = (text: string, answer: string | undefined) => (question: unknown) => {
    (question as TextQuestion).typing?.(text);
    expect(now().filter).toBe(text);
    return answer;
  };

  test('filter while it is typed, and keep what was typed', async () => {
    bench.dialogs.answers = [typing('fw', 'fw')];
    await filterRows(bench);
    expect(now().filter).toBe('fw');
  });

  test('Esc restores the filter that was there', async () => {
    await bench.arrangements.change({ filter: 'router' });
    bench.dialogs.answers = [typing('fw', undefined)];
    await filterRows(bench);
    expect(now().filter).toBe('router');
    expect((bench.dialogs.questions[0] as TextQuestion).value).toBe('router');
  });

  test('free and running only are words of the filter, and go as they came', async () => {
    await freeOnly(bench);
    await runningOnly(bench);
    expect(now().filter).toBe('is:free is:running');
    await freeOnly(bench);
    expect(now().filter).toBe('is:running');
    await clearFilter(bench);
    expect(now().filter).toBe('');
  });

  test('sort and group, the present choice checked', async () => {
    bench.dialogs.answers = ['Free First', 'Most VFs First', 'Engine', undefined];
    await sortRows(bench);
    await sortRows(bench);
    await groupContainers(bench);
    expect(now()).toEqual({ filter: '', vfs: 'free', containers: 'vfs', grouping: 'engine' });
    await sortRows(bench);
    const choices = (bench.dialogs.questions.at(-1) as PickQuestion<unknown>).choices;
    const checked = choices.flatMap((one) =>
      typeof one !== 'string' && one.icon === 'check' ? one.label : [],
    );
    expect(checked).toEqual(['Free First', 'Most VFs First']);
  });
});

describe('the order', () => {
  const held = (index: number, name: string) =>
    vf(index, { holder: { kind: 'container', containerId: name, netnsInode: 1, name } });
  const all = [held(0, 'app-10'), vf(1), held(2, 'app-9'), vf(3)];

  test.each([
    ['number', [0, 1, 2, 3]],
    ['free', [1, 3, 0, 2]],
    ['used', [0, 2, 1, 3]],
    ['holder', [2, 0, 1, 3]],
  ] as const)('of VFs by %s', (order, expected) => {
    expect(inVfOrder(hostWithAttachment(), all, order).map(({ index }) => index)).toEqual(expected);
  });

  test.each([
    ['running', ['b', 'c', 'a']],
    ['name', ['a', 'b', 'c']],
    ['vfs', ['c', 'b', 'a']],
  ] as const)('of containers by %s', (order, expected) => {
    const withVf = container('c');
    withVf.interfaces = [{ ...withVf.interfaces[0]!, vf: '0000:01:10.0' }];
    const containers = [container('a', { state: 'exited' }), container('b'), withVf];
    expect(inContainerOrder(containers, order).map(({ name }) => name)).toEqual(expected);
  });
});
