import { expect, test } from 'vitest';
import { sections } from '../../../src/inventory/sections';

test('a body can hold anything but the nonce', () => {
  const hostile = '@@other@@ end\n@@ end\n';
  expect(sections(`noise\n@@n@@ one\n${hostile}@@n@@ two\n@@n@@ end\n`, 'n')).toEqual([
    { name: 'one', body: hostile },
    { name: 'two', body: '' },
    { name: 'end', body: '' },
  ]);
  expect(sections('', 'n')).toEqual([]);
});
