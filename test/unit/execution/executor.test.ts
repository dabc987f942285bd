import { execa, type ResultPromise } from 'execa';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Plan, Step } from '../../../src/model/plan';
import { keepProgram } from '../../../src/execution/guard';
import { conclude } from '../../../src/control/conclude';
import { renderProgram } from '../../../src/execution/render';
import { readReport } from '../../../src/execution/report';
import {
  again,
  begun,
  folder,
  here,
  hold,
  journal,
  outcome,
  pci,
  plan,
  release,
  run,
  start,
  lines,
  write,
} from './executing';
import { host } from '../hosts/host';

test('steps are done in order, and what was done is kept to be taken back', async () => {
  expect(outcome(await run(plan([write('a'), write('b')]), 'c1'))).toBe('@ outcome done');
  expect(await lines()).toEqual(['a', 'b']);
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
  expect(await lines()).toEqual([]);
  expect(await readdir(join(folder, 'state/finished'))).toEqual([]);
});

test('its folder is gone before its files are: nobody who looks meanwhile sees half of it', async () => {
  await mkdir(join(folder, 'state/over.c0'), { recursive: true }); // of an executor that was killed right then
  expect(outcome(await run(plan([write('a')]), 'c1'))).toBe('@ outcome done');
  expect(await readFile(join(folder, 'at-removal'), 'utf8')).toBe('changes:\n');
  expect((await readdir(join(folder, 'state'))).filter((name) => name.startsWith('over.'))).toEqual([]);
});

test('what a step does to files is noted on disk before it; what ends with the boot is not', async () => {
  const synced = async (what: Plan, id: string) => {
    const program = here(renderProgram(what, id));
    const file = join(folder, `synced-${id}`);
    await execa('sh', {
      input: program.replace(
        '#!/bin/sh\n',
        `#!/bin/sh\nsync() { echo "$1" >>${file}; command sync "$@"; }\n`,
      ),
    });
    return (await readFile(file, 'utf8')).split('\n').filter((path) => path.endsWith('/progress')).length;
  };
  const steps = [write('a'), write('b')];
  expect(await synced(plan(steps), 'c1')).toBe(0);
  expect(await synced(plan(steps, { lasting: true }), 'c2')).toBe(2);
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
    expect(await lines()).toEqual(['a']);
  });

  test('it can be finished', async () => {
    expect(outcome(await again('c1', 'finish'))).toBe('@ outcome done');
    expect(await lines()).toEqual(['a', 'b', 'c']);
    expect(await readdir(join(folder, 'state/finished'))).toEqual(['c1.json']);
  });
  test('it can be undone', async () => {
    expect(outcome(await again('c1', 'recover'))).toBe('@ outcome undone');
    expect(await lines()).toEqual([]);
    expect(await readdir(join(folder, 'state/changes'))).toEqual([]);
  });
  test('finishing that fails undoes all of it', async () => {
    const program = join(folder, 'state/changes/c1/plan.sh');
    await writeFile(program, (await readFile(program, 'utf8')).replace('put c', 'false'));
    expect(outcome(await again('c1', 'finish'))).toBe('@ outcome undone');
    expect(await lines()).toEqual([]);
  });
  test('what was being undone is not finished', async () => {
    const progress = join(folder, 'state/changes/c1/progress');
    await writeFile(progress, `${await readFile(progress, 'utf8')}undone 2\n`);
    const said = await again('c1', 'finish');
    expect(outcome(said)).toBe('@ outcome refused');
    expect(said).toContain('| It failed or was cancelled');
    expect(outcome(await again('c1', 'recover'))).toBe('@ outcome undone');
    expect(await lines()).toEqual([]);
  });
  test('what could not be undone at first is undone later, and nothing twice', async () => {
    const file = (name: string) => join(folder, name);
    const steps: Step[] = [
      { ...write('a'), undo: ['sh', '-c', `[ -e ${file('open')} ]`] },
      { ...write('b'), undo: ['sh', '-c', `mkdir ${file('undone')}`] },
      { ...write('c'), apply: ['false'] },
    ];
    expect(outcome(await run(plan(steps), 'c2'))).toBe('@ outcome stuck');
    await mkdir(file('open'));
    expect(outcome(await again('c2', 'recover'))).toBe('@ outcome undone');
  });
  test('a reboot undid it', async () => {
    await writeFile(join(folder, 'state/changes/c1/boot'), 'other\n');
    expect(outcome(await again('c1', 'finish'))).toBe('@ outcome undone');
    expect(await readdir(join(folder, 'state/changes'))).toEqual([]);
    expect(await lines()).toEqual(['a']);
  });
});

describe('a change in two network namespaces, killed in the middle', () => {
  /** A file stands for a namespace: whoever enters it finds its lines in another file. */
  const place = (name: string) => join(folder, name);
  const entering = (program: string): string =>
    program.replace(
      '#!/bin/sh\n',
      '#!/bin/sh\nnsenter() { file=$(cat "${1#--net=}"); [ -n "$file" ] || return; shift; "$@"; }\n',
    );
  const namespace = async (name: string) => {
    await writeFile(place(name), place(`${name}.lines`));
    return { path: place(name), inode: (await stat(place(name))).ino, owner: null };
  };
  const linesIn = async (name: string) => (await readFile(place(`${name}.lines`), 'utf8')).trim();
  const took: Step = {
    ...write('source'),
    apply: ['at_source', 'in_ns', 'take', 'source'],
    undo: ['at_source', 'in_ns', 'put', 'source'],
  };
  const gave: Step = { ...write('t'), apply: ['in_ns', 'put', 'target'], undo: ['in_ns', 'take', 'target'] };
  beforeEach(async () => {
    await writeFile(place('from.lines'), 'source\n');
    const namespaces = { from: await namespace('from'), namespace: await namespace('to') };
    const moving = plan(
      [took, write('host'), gave, { ...write('b'), apply: ['kill_once', 'b'] }],
      namespaces,
    );
    const { stdout } = await execa('sh', {
      input: entering(here(renderProgram(moving, 'c1'))),
      reject: false,
    });
    expect(String(stdout)).toContain('@ begin 4');
    expect([await linesIn('from'), await linesIn('to'), await lines()]).toEqual(['', 'target', ['host']]);
  });

  test.each([
    ['nothing', [], ['source', '']],
    ['the one that it came from', ['from'], ['', '']],
    ['the one that it went to', ['to'], ['source', 'target']],
    ['both', ['from', 'to'], ['', 'target']],
  ])('is undone when %s has ended since', async (_, ended, left) => {
    for (const name of ended) await rm(place(name));
    expect(outcome(await again('c1', 'recover'))).toBe('@ outcome undone');
    expect([await linesIn('from'), await linesIn('to'), await lines()]).toEqual([...left, []]);
    expect(await readdir(join(folder, 'state/changes'))).toEqual([]);
  });

  test('is not finished when one of them has ended', async () => {
    await rm(place('from'));
    expect(await again('c1', 'finish')).toContain('namespace of the change is gone');
  });
});

describe('a change of a protected interface', () => {
  const armed = async (guardSeconds: number): Promise<{ ended: ResultPromise<{ reject: false }> }> => {
    const running = start(plan([write('a')], { guardSeconds }), 'c1');
    const progress = join(folder, 'state/changes/c1/progress');
    await expect
      .poll(() => readFile(progress, 'utf8').catch(() => ''), { timeout: 20_000 })
      .toContain('armed');
    expect(await lines()).toEqual(['a']);
    return { ended: running };
  };

  test('is taken back when nobody comes', async () => {
    const { stdout } = await (await armed(3)).ended;
    expect(String(stdout)).toContain('@ expired 3');
    expect(outcome(String(stdout))).toBe('@ outcome undone');
    expect(await lines()).toEqual([]);
  });
  test('stays when the client keeps it', async () => {
    const { ended } = await armed(60);
    await execa('sh', { input: here(keepProgram('c1')) });
    expect(outcome(String((await ended).stdout))).toBe('@ outcome done');
    expect(await lines()).toEqual(['a']);
  });
  test('can be cancelled while it waits', async () => {
    const { ended } = await armed(60);
    await writeFile(join(folder, 'state/changes/c1/cancel'), '');
    expect(outcome(String((await ended).stdout))).toBe('@ outcome undone');
  });
});

describe('locks', () => {
  const slow = (id: string, mode: 'shared' | 'exclusive') =>
    start(plan([hold(id)], { locks: [{ pci, mode }], title: `Slow ${id}` }), id);

  test.each(['shared', 'exclusive'] as const)(
    'whoever waits too long learns who holds one (%s)',
    async (mode) => {
      await run(plan([], { title: 'Long over' }), 'c0');
      const running = slow('c1', mode);
      await begun('c1');
      const said = await run(plan([write('b')]), 'c2');
      expect(outcome(said)).toBe('@ outcome refused');
      const report = readReport(plan([]), said);
      expect(JSON.parse(report.busy!.holder)).toMatchObject({
        ...{ id: 'c1', title: 'Slow c1', by: expect.any(String) as string },
        at: expect.stringMatching(/^20..-..-..T..:..:..Z$/) as string,
      });
      expect(conclude(plan([]), report, host())).toMatchObject({
        refusal: { reason: expect.stringMatching(/"Slow c1", started .* by/) as string },
      });
      await writeFile(join(folder, 'state/changes/c1/cancel'), '');
      await release();
      await running;
      expect(await readdir(join(folder, 'state/changes'))).toEqual([]);
    },
  );

  test('two that share one run side by side', async () => {
    const [one, two] = [slow('c1', 'shared'), slow('c2', 'shared')];
    await Promise.all([begun('c1'), begun('c2')]);
    await release();
    await Promise.all([one, two]);
    expect((await journal()).map(({ outcome: ended }) => ended)).toEqual(['done', 'done']);
  });
});
