import { expect, test } from 'vitest';
import { run } from '../../../src/ui/commands/run';
import type { Choice, PickQuestion } from '../../../src/ui/dialogs/dialogs';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost } from '../hosts/host';

/** What the box offers for a text that is typed into it. */
async function offered(text: string): Promise<Choice<unknown> | undefined> {
  const bench = await fakeWorkbench(bareHost());
  bench.hosts.known = () =>
    Promise.resolve([
      { id: 'local', source: 'local', address: '' },
      { id: 'lab', source: 'ssh', address: '' },
    ]);
  bench.dialogs.answers = [undefined];
  await run(bench, 'sriov.host.connect');
  return (bench.dialogs.questions[0] as PickQuestion<unknown>).typed?.(text);
}

test.each([
  ['a b', 'spaces'],
  ['user@', 'after "user@" is missing'],
  ['host:99999', '"99999" is not a port'],
])('%j is not offered: the row says why', async (text, why) => {
  const row = await offered(text);
  expect(row?.label).toContain(why);
  expect(row?.unavailable).toBeTruthy();
});

test.each([
  ['user@r740:2222', 'ssh://user@r740:2222'],
  ['[2001:db8::1]:22', 'ssh://[2001:db8::1]:22'],
  ['2001:db8::1', '2001:db8::1'],
  ['ssh://user@r740', 'user@r740'],
  ['  la', 'la'],
])('%j is offered', async (text, value) => {
  expect(await offered(text)).toMatchObject({ label: 'Connect by SSH', value });
});

test('where one was lately stands first, the last one on top, and nowhere else', async () => {
  const bench = await fakeWorkbench(bareHost());
  bench.hosts.known = () =>
    Promise.resolve([
      { id: 'local', source: 'local', address: '', side: 'r740' },
      { id: 's', source: 'saved', address: '' },
      { id: 'a', source: 'ssh', address: '', side: 'r740' },
      { id: 'b', source: 'ssh', address: '', side: 'r740', since: 1 },
      { id: 'me@c', source: 'recent', address: '', since: 0 },
    ]);
  bench.dialogs.answers = [undefined];
  await run(bench, 'sriov.host.connect');
  const { choices } = bench.dialogs.questions[0] as PickQuestion<string>;
  expect(
    choices.map((one) =>
      typeof one === 'string' ? `– ${one}` : [one.label, one.description].filter(Boolean).join(': '),
    ),
  ).toEqual([
    ...['– this machine', 'This Machine: r740', '– recent', 'me@c', 'b'],
    ...['– saved hosts', 's', '– hosts in the SSH configuration of r740', 'a'],
  ]);
});

test('this machine is found under the name that the command line has for it', async () => {
  expect(await offered('local')).toMatchObject({ label: 'This Machine', value: 'local' });
});

test('a row that is there already isn’t offered again', async () => {
  expect(await offered('lab')).toBeUndefined();
  expect(await offered('')).toBeUndefined();
});
