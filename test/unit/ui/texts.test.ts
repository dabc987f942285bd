import { expect, test } from 'vitest';
import { attachTitle } from '../../../src/ui/changes/attachTitle';
import { emptyDraft } from '../../../src/ui/changes/attachDraft';
import type { Container } from '../../../src/model/container';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { textsOfCode } from './textsOfCode';

test('every text names exactly the values that it is given', () => {
  const texts = textsOfCode();
  expect(texts.length).toBeGreaterThan(300);
  expect(texts.filter(({ named, given }) => named !== given)).toEqual([]);
});

test('what looks like a place in a host’s name is left alone', () => {
  const container = { name: '{0}{1}' } as Container;
  expect(attachTitle({} as HostSnapshot, { ...emptyDraft, container }, false)).toBe('Attach a VF to {0}{1}');
});
