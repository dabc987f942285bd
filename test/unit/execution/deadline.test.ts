import { execa } from 'execa';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../../src/model/plan';
import { again, begun, folder, hold, lines, outcome, plan, release, run, start, write } from './executing';

describe('a step that takes longer than it may', () => {
  const slow = (how: string): Step => ({ ...write('b'), apply: ['sh', '-c', how], timeout: 1 });
  const left = async () => (await execa('pgrep', ['-f', join(folder, 'slow')], { reject: false })).stdout;
  /** Sleeps in a process that can be found. */
  const sleeper = async (): Promise<string> => {
    const file = join(folder, 'slow');
    await writeFile(file, '#!/bin/sh\nsleep 60; :\n', { mode: 0o700 });
    return file;
  };

  test('is ended with all that it started, and undone', async () => {
    const said = await run(plan([write('a'), slow(`${await sleeper()} & echo waiting; wait`)]), 'c1');
    expect(outcome(said)).toBe('@ outcome undone');
    expect(said).toContain('@ failed 2 124\n| waiting');
    expect(await lines()).toEqual([]);
    expect(await left()).toBe('');
  }, 30_000);

  test('is killed when it does not end when it is told to', async () => {
    const said = await run(plan([slow(`trap '' TERM; ${await sleeper()}; ${await sleeper()}`)]), 'c1');
    expect(said).toContain('@ failed 1 124');
    expect(await left()).toBe('');
  }, 30_000);

  test('is ended when the executor was killed as well', async () => {
    const file = await sleeper();
    const running = start(plan([slow(file)]), 'c1');
    await expect.poll(left, { timeout: 20_000 }).not.toBe('');
    const program = join(folder, 'state/changes/c1/plan.sh apply');
    const [executor = ''] = (await execa('pgrep', ['-o', '-f', program])).stdout.split('\n');
    process.kill(Number(executor), 'SIGKILL');
    await running;
    await expect.poll(left, { timeout: 20_000 }).toBe('');
    expect(outcome(await again('c1', 'recover'))).toBe('@ outcome undone');
  }, 60_000);
});

test('a signal to the executor waits for the step, and takes it back', async () => {
  const running = start(plan([hold('a'), write('b')]), 'c1');
  await begun('c1');
  const program = join(folder, 'state/changes/c1/plan.sh apply');
  const [executor = ''] = (await execa('pgrep', ['-o', '-f', program])).stdout.split('\n');
  process.kill(Number(executor), 'SIGTERM');
  await release();
  const said = String((await running).stdout);
  expect(said).toContain('@ cancelled 2');
  expect(said).not.toContain('@ failed');
  expect(outcome(said)).toBe('@ outcome undone');
}, 30_000);
