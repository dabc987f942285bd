import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { lateOf } from '../../../src/model/lasting/late';
import type { Argv, Plan, Step } from '../../../src/model/plan';
import { again, begun, folder, hold, lines, outcome, plan, release, run, start, write } from './executing';

vi.setConfig({ testTimeout: 60_000 });

const vf = '0000:01:10.0';
const key = '0000_01_00_0_0';
/** A device that every machine has is the new VF's. */
beforeEach(() => mkdir(join(folder, 'devices', vf, 'net', 'lo'), { recursive: true }));

const found: Step = {
  title: 'Find out what it is called',
  ...{ apply: ['note_device', vf, key], undo: ['true'], timeout: 15 },
};
const late = write(lateOf('device', key));
const whole = (steps: Step[], more: Partial<Plan> = {}): Plan =>
  plan(steps, { kind: 'apply', spaces: [], ...more });

test('what a step finds out is known to those after it, and is in the plan that is kept', async () => {
  const promises = [{ kind: 'vf-settings' as const, vf: lateOf('vf', key), settings: {}, mtu: null, driver: null }]; // prettier-ignore
  expect(outcome(await run(whole([write('a'), found, late], { promises }), 'c1'))).toBe('@ outcome done');
  expect(await lines()).toEqual(['a', 'lo']);
  const [, kept] = (await readFile(join(folder, 'state/finished/c1.json'), 'utf8')).split('\n');
  expect(JSON.parse(kept!)).toMatchObject({
    steps: [{}, {}, { title: 'Write lo', apply: ['put', 'lo'], undo: ['take', 'lo'] }],
    promises: [{ vf }],
  });
});

test('the same after it was killed, both ways', async () => {
  const dying = whole([found, late, { ...write('b'), apply: ['kill_once', 'b'] as string[] as Argv }]);
  for (const [how, ended, left] of [
    ['recover', 'undone', []],
    ['finish', 'done', ['lo', 'b']],
  ] as const) {
    await rm(join(folder, 'killed'), { recursive: true, force: true });
    await run(dying, how);
    expect(await lines()).toEqual(['lo']);
    expect(outcome(await again(how, how))).toBe(`@ outcome ${ended}`);
    expect(await lines()).toEqual(left);
  }
});

test('one that fails undoes all before it, and says what it relied on', async () => {
  const check: Step = {
    ...{ title: 'Check what comes next', apply: ['or_say', 'VF 0 is in use.', 'vf_count_is', vf, '3'] },
    ...{ undo: 'none', timeout: 15 },
  };
  await writeFile(join(folder, 'devices', vf, 'sriov_numvfs'), '2\n');
  const said = await run(whole([write('a'), found, late, check, write('b')]), 'c1');
  expect(said).toContain('@ failed 4 1\n| VF 0 is in use.');
  expect(outcome(said)).toBe('@ outcome undone');
  expect(await lines()).toEqual([]);
});

test('however many adapters it is about, it has the locks of all of them', async () => {
  const locks = ['0', '1', '2'].map((bus) => ({ pci: `0000:0${bus}:00.0`, mode: 'exclusive' as const }));
  const first = start(whole([hold('a')], { locks }), 'c1');
  await begun('c1');
  for (const { pci } of locks.slice(1)) {
    const said = await run(plan([write('b')], { locks: [{ pci, mode: 'shared' }] }), `other-${pci}`);
    expect(said).toContain(`@ busy ${pci}`);
    expect(said).toContain('"id":"c1"');
  }
  await release();
  await first;
  expect(outcome(await run(whole([write('b')], { locks }), 'c2'))).toBe('@ outcome done');
});
