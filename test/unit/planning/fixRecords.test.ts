import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { appliedFix } from '../../../src/inventory/readConfiguration';
import type { AppliedFix } from '../../../src/model/configuration';
import { isRefusal, type Plan } from '../../../src/model/plan';
import type { Argv } from '../../../src/model/verbs';
import { planFix } from '../../../src/planning/fixes/planFix';
import { again, folder, outcome, run } from '../execution/executing';
import { grubHost } from './configurations';
import { host } from '../hosts/host';

/** Plans a fix that is written down, and has what comes after that do `then` instead. */
function fixing(argument: string, ...then: Argv): Plan {
  const change = { kind: 'kernel-args' as const, add: [argument], remove: [] };
  const plan = planFix(host(), {
    ...{ kind: 'fix', finding: 'a.finding', title: 'It is wrong', change },
    configuration: grubHost(),
  });
  if (isRefusal(plan)) throw new Error(plan.reason);
  const [keep] = plan.steps;
  return {
    ...{ ...plan, preconditions: [], locks: [] },
    steps: [keep!, { title: 'Change it', apply: then, undo: ['true'], timeout: 15 }],
  };
}
const records = () => join(folder, 'state/fixes');
const record = async (): Promise<AppliedFix | null> =>
  appliedFix(await readFile(join(records(), 'a.finding/fix.json'), 'utf8'));

// Each change starts some forty programs.
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => mkdir(join(folder, 'state'), { mode: 0o700 }));

test('the record of a fix is the last one’s', async () => {
  expect(outcome(await run(fixing('a=b', 'true'), 'c1'))).toBe('@ outcome done');
  expect(await record()).toMatchObject({ add: ['a=b'], undone: false });
  expect(outcome(await run(fixing('c=d', 'true'), 'c2'))).toBe('@ outcome done');
  expect(await record()).toMatchObject({ add: ['c=d'], undone: false });
});

test('one that fails the first time is on record as undone', async () => {
  expect(outcome(await run(fixing('a=b', 'false'), 'c1'))).toBe('@ outcome undone');
  expect(await record()).toMatchObject({ add: ['a=b'], undone: true });
  expect(await readdir(records())).toEqual(['a.finding']);
});

test('one that fails after another one of the same finding leaves that one’s record as it was', async () => {
  await run(fixing('a=b', 'true'), 'c1');
  const before = await readFile(join(records(), 'a.finding/fix.json'), 'utf8');
  expect(outcome(await run(fixing('c=d', 'false'), 'c2'))).toBe('@ outcome undone');
  expect(await readFile(join(records(), 'a.finding/fix.json'), 'utf8')).toBe(before);
});

test('one that could not even be written down leaves the record of another one as it was', async () => {
  await run(fixing('a=b', 'true'), 'c1');
  const plan = fixing('c=d', 'true');
  const [keep] = plan.steps;
  const failing: Plan = { ...plan, steps: [{ ...keep!, apply: ['false'] }] };
  expect(outcome(await run(failing, 'c2'))).toBe('@ outcome undone');
  expect(await record()).toMatchObject({ add: ['a=b'], undone: false });
});

test('one that was killed is undone by recovering, after a reboot, too', async () => {
  await run(fixing('a=b', 'kill_once', 'b'), 'c1');
  await writeFile(join(folder, 'state/changes/c1/boot'), 'other\n');
  expect(outcome(await again('c1', 'recover'))).toBe('@ outcome undone');
  expect(await record()).toMatchObject({ undone: true });
});
