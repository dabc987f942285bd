import { expect, test, vi } from 'vitest';
import { back } from '../../../../src/ui/dialogs/dialogs';
import { pickMany } from '../../../../src/ui/dialogs/pickMany';
import type { FakeQuickPick } from '../fakeVscode';

const shown = vi.hoisted((): { box: unknown } => ({ box: undefined }));
vi.mock('vscode', async () => (await import('../fakeVscode')).fakeVscode(shown));

const choices = ['a', 'b', 'c'].map((label) => ({ label, value: label.toUpperCase() }));
const problem = ({ length }: readonly string[]) => (length === 2 ? undefined : `${length} are picked`);
const open = (picked: string[] = []) => {
  const answer = pickMany({
    title: 'Pick',
    placeholder: '',
    choices: ['group', ...choices],
    picked,
    problem,
  });
  return { answer, box: shown.box as FakeQuickPick };
};

test('what is ticked to begin with is, and is the answer', async () => {
  const { answer, box } = open(['A', 'C']);
  expect(box.selectedItems.map(({ label }) => label)).toEqual(['a', 'c']);
  box.press();
  expect(await answer).toEqual(['A', 'C']);
});

test('what is wrong stands in the title, and the box stays open until it is right', async () => {
  const { answer, box } = open();
  box.tick('a');
  box.press();
  expect([box.title, box.isOpen]).toEqual(['Pick: 1 are picked', true]);
  box.tick('a', 'b');
  expect(box.title).toBe('Pick');
  box.press();
  expect([await answer, box.isOpen]).toEqual([['A', 'B'], false]);
});

test('Esc and the way back answer for themselves', async () => {
  const first = open();
  first.box.hide();
  expect(await first.answer).toBeUndefined();
  const second = open();
  second.box.goBack();
  expect(await second.answer).toBe(back);
});
