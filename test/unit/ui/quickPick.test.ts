import { beforeEach, expect, test, vi } from 'vitest';
import { pick } from '../../../src/ui/dialogs/quickPick';
import type { FakeQuickPick } from './fakeVscode';

const shown = vi.hoisted((): { box: unknown } => ({ box: undefined }));
vi.mock('vscode', async () => (await import('./fakeVscode')).fakeVscode(shown));
const box = () => shown.box as FakeQuickPick;

const choices = [
  { label: 'fw', value: 1 },
  'can’t use a VF',
  {
    label: 'hostnet',
    description: 'host network',
    unavailable: 'hostnet uses the host’s network.',
    value: 2,
  },
];

let answer: Promise<unknown>;
beforeEach(() => {
  answer = pick({ title: 'Attach', placeholder: 'Pick a container', choices });
});

test('what can’t be taken says why in its row when it is picked, keeps the focus, and the question stays', async () => {
  expect(box().details()).toEqual([undefined, undefined, undefined]);
  box().accept('hostnet');
  expect(box().isOpen).toBe(true);
  expect(box().details()).toEqual([undefined, undefined, 'hostnet uses the host’s network.']);
  expect(box().activeItems).toMatchObject([{ label: 'hostnet' }]);
  box().accept('hostnet');
  expect(box().isOpen).toBe(true);
  box().accept('fw');
  expect(await answer).toBe(1);
});

test('Esc is no answer', async () => {
  box().accept('hostnet');
  box().hide();
  expect(await answer).toBeUndefined();
});
