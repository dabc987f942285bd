import { expect, test } from 'vitest';
import { changesText, earlierFindings } from '../../../src/cli/since';
import { written } from '../../../src/cli/shown/colors';
import { UsageError } from '../../../src/cli/usage';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { findingChanges, type FindingChanges } from '../../../src/model/findingChanges';
import { live, withPf } from '../diagnostics/data/evidence';

const noDriver = withPf({ driver: null });
const printed = JSON.stringify({ purpose: 'netdev', findings: diagnose(noDriver, 'netdev') });

test('what diagnose --json printed, and what was collected then, are the same earlier run', async () => {
  const now = diagnose(live(), 'netdev');
  const changes = findingChanges(await earlierFindings(printed, 'a.json', 'netdev'), now);
  expect(changes.fixed.map(({ cause }) => cause)).toContain('pf-driver-not-bound');
  expect(changes).toMatchObject({ new: [], still: [] });
  const collected = JSON.stringify({ evidence: noDriver });
  expect(findingChanges(await earlierFindings(collected, 'b.json', 'netdev'), now)).toEqual(changes);
});

test('runs for different purposes are not compared', async () => {
  await expect(earlierFindings(printed, 'a.json', 'vm')).rejects.toThrow(
    /made with --purpose netdev, this run with --purpose vm/,
  );
  expect(await earlierFindings(printed, 'a.json', undefined)).not.toEqual([]);
});

test('another document is refused by name', async () => {
  await expect(earlierFindings('{"findings":[{"id":1}]}', 'x.json', 'netdev')).rejects.toThrow(UsageError);
  await expect(earlierFindings('{"findings":[{"id":1}]}', 'x.json', 'netdev')).rejects.toThrow(
    /x\.json is not output/,
  );
});

test('as text', () => {
  const one = { id: 'a', cause: 'other', severity: 'error', subject: 'eth0', title: 'It is off' } as const;
  const text = (changes: Partial<FindingChanges>) =>
    written(changesText({ fixed: [], new: [], still: [], unseen: [], ...changes }), false);
  expect(text({ fixed: [one], still: [one] })).toBe(
    'Since the earlier run:\n  still there  It is off [eth0]\n  fixed        It is off [eth0]',
  );
  expect(text({})).toMatch(/no problems then or now/);
});
