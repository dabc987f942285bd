import { execa, type ResultPromise } from 'execa';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Plan, Step } from '../../../src/model/plan';
import { parseEntries } from '../../../src/operations/hostJournal';
import { keepProgram } from '../../../src/operations/guard';
import { renderProgram } from '../../../src/operations/render';

/** The executor itself, in a folder of its own: its steps append words to a file, and take them out again. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'executor-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const pci = '0000:01:10.0';
const write = (word: string): Step => ({
  title: `Write ${word}`,
  apply: ['put', word],
  undo: ['take', word],
  timeout: 15,
});
const plan = (steps: Step[], more: Partial<Plan> = {}): Plan => ({
  ...{ kind: 'attach', title: 'Write words', host: 'here', notes: [], losses: [], verb: 'Write' },
  ...{ locks: [{ pci, mode: 'exclusive' }], namespace: null, preconditions: [], promises: [] },
  steps,
  request: { kind: 'detach', vf: pci },
  before: [],
  ...more,
});

/** What plans use here, and paths that need no root. */
const here = (program: string): string =>
  program
    .replaceAll('/var/lib/sriov-workbench', join(folder, 'state'))
    .replaceAll('/run/lock/sriov-workbench', join(folder, 'locks'))
    .replace('[ "$(id -u)" -ne 0 ]', 'false')
    .replace('flock -w 10', 'flock -w 1')
    .replace(
      '#!/bin/sh\n',
      `#!/bin/sh
file=${join(folder, 'words')}
put() { printf '%s\\n' "$1" >>"$file"; }
take() { [ ! -e "$file" ] || sed -i "/^$1$/d" "$file"; }
kill_once() { mkdir ${join(folder, 'killed')} 2>/dev/null && pkill -9 -f ${join(folder, 'state')}/changes; put "$1"; }
`,
    );

const words = async (): Promise<string[]> =>
  (await readFile(join(folder, 'words'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
const start = (what: Plan, id: string): ResultPromise<{ reject: false }> =>
  execa('sh', { input: here(renderProgram(what, id)), reject: false });
const run = async (what: Plan, id: string): Promise<string> => String((await start(what, id)).stdout);
const again = async (id: string, how: string): Promise<string> =>
  String((await execa('sh', [join(folder, 'state/changes', id, 'plan.sh'), how], { reject: false })).stdout);
const outcome = (stdout: string): string => stdout.split('\n').at(-1)!;
const journal = async () =>
  parseEntries(await readFile(join(folder, 'state/journal.jsonl'), 'utf8').catch(() => ''));

test('steps are done in order, and what was done is kept to be taken back', async () => {
  expect(outcome(await run(plan([write('a'), write('b')]), 'c1'))).toBe('@ outcome done');
  expect(await words()).toEqual(['a', 'b']);
  expect(await readdir(join(folder, 'state/finished'))).toEqual(['c1.json']);
  expect(outcome(await run(plan([write('c')], { undoes: 'c1', before: undefined }), 'c2'))).toBe(
    '@ outcome done',
  );
  expect(await readdir(join(folder, 'state/finished'))).toEqual([]);
  expect(await readdir(join(folder, 'state/changes'))).toEqual([]);
  expect(await journal()).toMatchObject([{ id: 'c1', outcome: 'done' }, { id: 'c2' }]);
});

test('what fails is undone, and not kept', async () => {
  const failing: Step = { ...write('b'), apply: ['false'] };
  expect(outcome(await run(plan([write('a'), failing]), 'c1'))).toBe('@ outcome undone');
  expect(await words()).toEqual([]);
  expect(await readdir(join(folder, 'state/finished'))).toEqual([]);
});

test('the last twenty are kept', async () => {
  await run(plan([]), 'c0');
  const kept = join(folder, 'state/finished');
  for (let index = 10; index < 40; index++) await writeFile(join(kept, `b${index}.json`), '');
  await run(plan([]), 'c1');
  const names = await readdir(kept);
  expect(names).toHaveLength(20);
  expect(names).toContain('c1.json');
}, 20_000);

describe('killed in the middle', () => {
  const dying = plan([write('a'), { ...write('b'), apply: ['kill_once', 'b'] }, write('c')]);
  beforeEach(async () => {
    await run(dying, 'c1');
    expect(await words()).toEqual(['a']);
  });

  test('it can be finished', async () => {
    expect(outcome(await again('c1', 'finish'))).toBe('@ outcome done');
    expect(await words()).toEqual(['a', 'b', 'c']);
    expect(await readdir(join(folder, 'state/finished'))).toEqual(['c1.json']);
  });
  test('it can be undone', async () => {
    expect(outcome(await again('c1', 'recover'))).toBe('@ outcome undone');
    expect(await words()).toEqual([]);
    expect(await readdir(join(folder, 'state/changes'))).toEqual([]);
  });
  test('finishing that fails undoes all of it', async () => {
    const program = join(folder, 'state/changes/c1/plan.sh');
    await writeFile(program, (await readFile(program, 'utf8')).replace('put c', 'false'));
    expect(outcome(await again('c1', 'finish'))).toBe('@ outcome undone');
    expect(await words()).toEqual([]);
  });
  test('what was being undone is not finished', async () => {
    const progress = join(folder, 'state/changes/c1/progress');
    await writeFile(progress, `${await readFile(progress, 'utf8')}undone 2\n`);
    const said = await again('c1', 'finish');
    expect(outcome(said)).toBe('@ outcome refused');
    expect(said).toContain('| It had failed or been cancelled');
    expect(outcome(await again('c1', 'recover'))).toBe('@ outcome undone');
    expect(await words()).toEqual([]);
  });
  test('a reboot undid it', async () => {
    const meta = join(folder, 'state/changes/c1/meta.json');
    await writeFile(meta, (await readFile(meta, 'utf8')).replace(/"bootId":"[^"]*"/, '"bootId":"other"'));
    expect(outcome(await again('c1', 'finish'))).toBe('@ outcome undone');
    expect(await readdir(join(folder, 'state/changes'))).toEqual([]);
    expect(await words()).toEqual(['a']);
  });
});

describe('a change of a protected interface', () => {
  const guarded = plan([write('a')], { guardSeconds: 3 });
  const armed = async (): Promise<{ ended: ResultPromise<{ reject: false }> }> => {
    const running = start(guarded, 'c1');
    const progress = join(folder, 'state/changes/c1/progress');
    await expect.poll(() => readFile(progress, 'utf8').catch(() => ''), { timeout: 5000 }).toContain('armed');
    expect(await words()).toEqual(['a']);
    return { ended: running };
  };

  test('is taken back when nobody comes', async () => {
    const { stdout } = await (await armed()).ended;
    expect(String(stdout)).toContain('@ expired 3');
    expect(outcome(String(stdout))).toBe('@ outcome undone');
    expect(await words()).toEqual([]);
  });
  test('stays when somebody keeps it', async () => {
    const { ended } = await armed();
    await execa('sh', { input: here(keepProgram('c1')) });
    expect(outcome(String((await ended).stdout))).toBe('@ outcome done');
    expect(await words()).toEqual(['a']);
  });
  test('can be cancelled while it waits', async () => {
    const { ended } = await armed();
    await writeFile(join(folder, 'state/changes/c1/cancel'), '');
    expect(outcome(String((await ended).stdout))).toBe('@ outcome undone');
  });
});
