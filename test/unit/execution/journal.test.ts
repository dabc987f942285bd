import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, journal, lines, outcome, plan, run, write } from './executing';

describe('the journal', () => {
  const file = () => join(folder, 'state/journal.jsonl');

  test('keeps the last 800 changes when it has more than 1000, which one change in sixteen looks for', async () => {
    await run(plan([]), 'c0');
    const line = (await readFile(file(), 'utf8')).trim();
    await writeFile(file(), `${line}\n`.repeat(1000));
    await run(plan([]), 'c1');
    expect(await journal()).toHaveLength(1001);
    await run(plan([]), 'c10');
    const entries = await journal();
    expect(entries).toHaveLength(800);
    expect(entries.at(-1)!.id).toBe('c10');
  });
  test('loses one line to a power failure in the middle of it', async () => {
    await run(plan([]), 'c0');
    const line = await readFile(file(), 'utf8');
    await writeFile(file(), `${line}${line.slice(0, 20)}`);
    await run(plan([]), 'c1');
    expect((await journal()).map(({ id }) => id)).toEqual(['c0', 'c1']);
  });
  test('says who, when, what and how it ended, and nothing that a step was given', async () => {
    await run(plan([write('hunter2')]), 'c0');
    const [entry] = (await readFile(file(), 'utf8')).trim().split('\n');
    expect(Object.keys(JSON.parse(entry!) as object).sort()).toEqual([
      'at',
      'bootId',
      'by',
      'id',
      'kind',
      'outcome',
      'steps',
      'title',
    ]);
    expect(entry).not.toContain('hunter2');
  });
  test('that cannot be written is a refusal before the first change', async () => {
    await run(plan([]), 'c0');
    // A file where the folder of the changes was: nothing can be put there any more.
    await rm(join(folder, 'state/changes'), { recursive: true });
    await writeFile(join(folder, 'state/changes'), '');
    expect(outcome(await run(plan([write('a')]), 'c1'))).toBe('@ outcome unwritable');
    expect(await lines()).toEqual([]);
  });
});
