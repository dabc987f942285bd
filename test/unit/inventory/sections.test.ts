import { expect, test } from 'vitest';
import { answer, sections } from '../../../src/inventory/sections';

test('a body can hold anything but the nonce', () => {
  const hostile = '@@other@@ end\n@@ end\n';
  expect(sections(`noise\n@@n@@ one\n${hostile}@@n@@ two\n@@n@@ end\n`, 'n')).toEqual([
    { name: 'one', body: hostile },
    { name: 'two', body: '' },
    { name: 'end', body: '' },
  ]);
  expect(sections('', 'n')).toEqual([]);
});

test('a section is found by its declared name and arguments, and by no other', () => {
  const said = answer<{ links: ''; plan: 'ID'; 'plan-b': '' }>([
    { name: 'links', body: 'l' },
    { name: 'plan 1', body: 'first' },
    { name: 'plan 2', body: 'second' },
    { name: 'plan-b', body: 'other' },
  ]);
  expect([said.body('links'), said.bodyOf('plan', '2'), said.body('plan-b')]).toEqual([
    'l',
    'second',
    'other',
  ]);
  expect(said.each('plan').map(({ args }) => args)).toEqual(['1', '2']);
  // @ts-expect-error No program prints it.
  expect(said.body('lnks')).toBeUndefined();
  // @ts-expect-error Arguments follow its name.
  expect(said.body('plan')).toBeUndefined();
});
