import { expect, test } from 'vitest';
import type { Severity } from '../../../src/model/finding';
import { findingChanges, type PastFinding } from '../../../src/model/findingChanges';

const finding = (id: string, severity: Severity, more: Partial<PastFinding> = {}): PastFinding => ({
  ...{ id, severity, cause: 'other', subject: 'host', title: id },
  ...more,
});
const ids = (before: PastFinding[], now: PastFinding[]) =>
  Object.fromEntries(
    Object.entries(findingChanges(before, now)).map(([kind, all]) => [
      kind,
      (all as PastFinding[]).map(({ id, subject }) => (subject === 'host' ? id : `${id} ${subject}`)),
    ]),
  );
const none = { fixed: [], new: [], still: [], unseen: [] };

test('fixed, new, and still there', () => {
  const before = [finding('a', 'error'), finding('b', 'warning'), finding('c', 'info')];
  const now = [finding('b', 'error'), finding('c', 'warning'), finding('a', 'pass')];
  expect(ids(before, now)).toEqual({ ...none, fixed: ['a'], still: ['b'], new: ['c'] });
});

test('one check about two adapters is two findings', () => {
  const of = (subject: string) => finding('a', 'error', { subject });
  expect(ids([of('0000:01:00.0')], [of('0000:02:00.0')])).toEqual({
    ...none,
    fixed: ['a 0000:01:00.0'],
    new: ['a 0000:02:00.0'],
  });
});

test('what passes, and what is a note, is no trouble', () => {
  expect(ids([finding('a', 'info')], [finding('b', 'pass')])).toEqual(none);
});

test('unknown is not fixed', () => {
  const before = [finding('a', 'error', { cause: 'iommu-flag-missing' }), finding('b', 'error')];
  const sameCause = finding('a.unreadable', 'unknown', { cause: 'iommu-flag-missing' });
  expect(ids(before, [sameCause])).toEqual({ ...none, unseen: ['a'], fixed: ['b'] });
  const noRights = finding('log', 'unknown', { cause: 'not-permitted' });
  expect(ids(before, [noRights])).toEqual({ ...none, unseen: ['a', 'b'] });
  expect(ids([...before, noRights], [noRights])).toEqual({ ...none, fixed: ['a', 'b'] });
});
