import { expect, test } from 'vitest';
import manifest from '../../../package.json';
import english from '../../../package.nls.json';
import { HostError, type HostErrorPhase } from '../../../src/host/host';
import { tellTrouble } from '../../../src/ui/changes/tell';
import { commands } from '../../../src/ui/commands/table';
import { deadEnds, failureOf, wayOut, type DeadEnd } from '../../../src/ui/hosts/deadEnds';
import { bareHost } from '../hosts/host';
import { fakeWorkbench } from './fakeWorkbench';
import { isShown } from './menuConditions';

const words = Object.keys(deadEnds) as DeadEnd[];
const links = (word: DeadEnd) => deadEnds[word].map(({ title, command }) => `[${title}](command:${command})`);

/** Checks are under way only where there were none before. */
const tokens = (word: DeadEnd) => (word === 'checking' ? ';notChecked;checking;' : `;${word};`);

/** The buttons and links of the welcome texts that are shown for a word of the context key, by text. */
const shownFor = (word: DeadEnd): string[][] =>
  manifest.contributes.viewsWelcome
    .filter(({ when }) => when.startsWith('sriov.view ') && isShown(when, tokens(word)))
    .map(({ contents }) => english[contents.replaceAll('%', '') as keyof typeof english])
    .map((text) => text.match(/\[[^\]]*\]\([^)]*\)/g) ?? []);

test.each(words)('%s: the welcome text has the ways out, the best one first', (word) => {
  const texts = shownFor(word);
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.some((text) => text.slice(0, links(word).length).join() === links(word).join())).toBe(true);
  for (const text of texts) expect(text.length).toBeGreaterThan(0);
});

test.each(words)('%s: its commands are there', (word) => {
  for (const { command } of deadEnds[word]) expect(Object.keys(commands)).toContain(command);
});

test('each way to fail has its own', () => {
  const phases: Record<HostErrorPhase, string> = {
    ...{ start: 'Open SSH Configuration File', resolve: 'Choose Another Host…', connect: 'Retry' },
    ...{ 'host-key': 'Show Log', login: 'Retry', declined: 'Retry', shell: 'Show Log', lost: 'Reconnect' },
    ...{ timeout: 'Retry', unsupported: 'Choose Another Host…' },
  };
  for (const [phase, button] of Object.entries(phases)) {
    expect(failureOf(phase)).toBe(phase);
    expect(wayOut(new HostError(phase as HostErrorPhase, '', ''))?.title).toBe(button);
  }
  expect(wayOut(new Error('anything else'))).toBeUndefined();
  expect(failureOf('toString')).toBeUndefined();
});

test('a notification has them, too, and they do it', async () => {
  const bench = await fakeWorkbench(bareHost());
  const offered: string[][] = [];
  bench.dialogs.tell = (_severity, _message, buttons = []) => {
    offered.push(buttons);
    return Promise.resolve('Choose Another Host…');
  };
  tellTrouble(bench, 'it failed', new HostError('resolve', 'There is no such name.', ''));
  expect(offered).toEqual([['Choose Another Host…', 'Show Log', 'Copy Details']]);
  await expect.poll(() => bench.executed).toEqual(['sriov.host.connect']);
  tellTrouble(bench, 'it failed', new Error('for some reason'));
  expect(offered.at(-1)).toEqual(['Show Log', 'Copy Details']);
});
