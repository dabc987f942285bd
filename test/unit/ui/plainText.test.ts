import { expect, test } from 'vitest';
import type { PickQuestion, TextQuestion } from '../../../src/ui/dialogs/dialogs';
import { withPlainText } from '../../../src/ui/dialogs/plainText';
import { FakePerson } from './fakePerson';

const nasty = '$(trash) [x](command:evil)\n';
const icon = /(?<!\\)\$\(/;
const link = /\]\(/;

function plain() {
  const person = new FakePerson();
  return { person, dialogs: withPlainText(person) };
}

test('a quick pick draws no icon and stays on its lines, also for what is typed', async () => {
  const { person, dialogs } = plain();
  person.answers = [undefined];
  await dialogs.pick({
    title: nasty,
    placeholder: nasty,
    choices: [nasty, { label: nasty, description: nasty, detail: nasty, value: 1 }],
    typed: (text) => ({ label: text, value: 2 }),
  });
  const { choices, typed, title } = person.questions[0] as PickQuestion<unknown>;
  const shown = JSON.stringify([choices, typed?.(nasty), title]);
  expect(shown).not.toContain('\\n');
  expect(JSON.stringify([choices, typed?.(nasty)]).replaceAll('\\\\$(', '')).not.toMatch(icon);
});

test('an input box has no icon and no link, neither when it asks nor when it complains', async () => {
  const { person, dialogs } = plain();
  person.answers = [undefined];
  await dialogs.ask({ title: nasty, prompt: nasty, value: '', problem: () => nasty });
  const { prompt, problem } = person.questions[0] as TextQuestion;
  for (const shown of [prompt, problem('') ?? '']) {
    expect(shown).not.toMatch(icon);
    expect(shown).not.toMatch(link);
  }
});

test('a notification has no link, while it runs and when it ends', async () => {
  const { person, dialogs } = plain();
  await dialogs.tell('error', nasty, ['Undo']);
  await dialogs.progress(nasty, (report) => Promise.resolve(report({ message: nasty })));
  dialogs.say(nasty);
  for (const shown of [...person.shown, ...person.progressed]) expect(shown).not.toMatch(link);
  expect(person.said[0]).not.toMatch(icon);
});
