import { execa } from 'execa';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HostError, type Host } from '../../../src/host/host';
import { readSnapshot } from '../../../src/inventory/readSnapshot';
import { settle } from '../../../src/execution/settle';
import { renderProgram } from '../../../src/execution/render';
import {
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
  write,
} from './executing';

vi.setConfig({ testTimeout: 60_000 });

/** This machine, with the folders of the tests as a host's. */
const host = (): Host & { ran: number } => {
  const made = {
    id: 'here',
    ran: 0,
    async run(program: string) {
      made.ran += 1;
      const { stdout, stderr, exitCode } = await execa('sh', { input: here(program), reject: false });
      return { stdout: `${stdout}\n`, stderr, exitCode: exitCode ?? 1 };
    },
    dispose: () => Promise.resolve(),
  };
  return made;
};
const many = <T>(count: number, one: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)));

test('each of many functions is one change’s at a time, until that change has ended', async () => {
  const locks = ['0000:01:00.0', ...[0, 2, 4, 6].map((one) => `0000:01:10.${one}`)].map((one) => ({
    pci: one,
    mode: 'exclusive' as const,
  }));
  const first = start(plan([hold('a')], { locks }), 'c1');
  await begun('c1');
  const last = await run(plan([write('b')], { locks: locks.slice(-1) }), 'c2');
  expect(last).toContain('@ busy 0000:01:10.6');
  await release();
  await first;
  expect(await run(plan([write('c')], { locks: locks.slice(-1) }), 'c3')).toContain('@ outcome done');
});

describe('whether a change is under way', () => {
  const killed = (id: string) => join(folder, 'state/changes', id);
  const leave = async (id: string) => {
    await mkdir(killed(id), { recursive: true, mode: 0o700 });
    await writeFile(join(killed(id), 'progress'), 'started\n');
    await writeFile(join(killed(id), 'alive'), '');
  };

  test('is the same for all who look at once', async () => {
    await many(25, (index) => leave(`c${index}`));
    const looks = await many(3, () => readSnapshot(host()));
    expect(looks.map(({ pending }) => pending.length)).toEqual([25, 25, 25]);
    expect(looks.flatMap(({ pending }) => pending).filter(({ running }) => running)).toEqual([]);
  });

  test('is the same for all whose connection broke', async () => {
    await leave('c1');
    const here = host();
    await many(30, () => settle(here, 'c1', new HostError('lost', 'It broke.', ''), 0));
    expect(here.ran).toBe(30);
  });
});

test('who comes back after the connection broke learns how the change ended, whatever it is called', async () => {
  const lost = new HostError('lost', 'It broke.', '');
  await run(plan([{ ...write('a'), apply: ['false'] }], { title: '"outcome":"done"}' }), 'c1');
  await run(plan([], { title: 'About "id":"c1","outcome":"stuck"' }), 'c2');
  expect(await settle(host(), 'c1', lost, 0)).toBe('@ outcome undone');
  expect(await settle(host(), 'c2', lost, 0)).toBe('@ outcome done');
  expect(await settle(host(), 'c3', lost, 0)).toBe('@ outcome refused');
});

test('what one change adds to the journal while another one trims it is not lost', async () => {
  await run(plan([]), 'c0');
  const file = join(folder, 'state/journal.jsonl');
  const line = (await readFile(file, 'utf8')).trim();
  await writeFile(file, `${line}\n`.repeat(1000));
  const begin = (id: string, slow: string) => {
    const program = here(renderProgram(plan([], { locks: [] }), id));
    return execa('sh', { input: program.replace('#!/bin/sh\n', `#!/bin/sh\n${slow}\n`) });
  };
  // The first has trimmed, and waits until the other one has added something or finds the journal locked.
  const added = `grep -q '"id":"c20"' ${file} || [ -e ${join(folder, 'locked')} ]`;
  const first = begin(
    'c10',
    `tail() { command tail "$@"; [ "$2" != 800 ] || for i in $(seq 200); do { ${added}; } && break; sleep 0.05; done; }`,
  );
  await expect
    .poll(() => readFile(join(folder, 'state/journal.new')).catch(() => ''), { timeout: 20_000 })
    .not.toBe('');
  const second = begin(
    'c20',
    `flock() { [ "$*" != '-w 10 3' ] || command flock -n 3 || : >${join(folder, 'locked')}; command flock "$@"; }
wc() { for i in $(seq 200); do [ -e ${join(folder, 'state/journal.new')} ] || break; sleep 0.05; done; command wc "$@"; }`,
  );
  await Promise.all([first, second]);
  const ids = (await journal()).map(({ id }) => id);
  expect(ids.filter((id) => id !== 'c0').sort()).toEqual(['c10', 'c20']);
  expect(ids.length).toBeLessThan(900);
});

test('two that recover at once: the second finds nothing left to do', async () => {
  await run(plan([write('a'), { ...write('b'), apply: ['kill_once', 'b'] }]), 'c1');
  const program = join(folder, 'state/changes/c1/plan.sh');
  const over = join(folder, 'over');
  const waits = `\ttake_over\n\tfor i in $(seq 200); do [ ! -e ${over} ] || break; sleep 0.05; done\n`;
  await writeFile(program, (await readFile(program, 'utf8')).replace('\ttake_over\n', waits));
  const both = [1, 2].map(() => execa('sh', [program, 'recover'], { reject: false }));
  await Promise.race(both);
  await writeFile(over, '');
  const said = await Promise.all(both);
  expect(said.map(({ stdout }) => outcome(stdout)).sort()).toEqual(['@ outcome running', '@ outcome undone']);
  expect((await journal()).map(({ outcome: ended }) => ended)).toEqual(['undone']);
});

describe('the locks of earlier versions', () => {
  const older = () => join(folder, 'older/sriov-workbench');
  const held = async (flags: string[]) =>
    (await execa('flock', [...flags, join(older(), `${pci}.lock`), 'true'], { reject: false })).exitCode !==
    0;
  const slow = () => start(plan([hold('a')]), 'c1');

  beforeEach(async () => {
    await mkdir(older(), { recursive: true, mode: 0o700 });
    await chmod(join(folder, 'older'), 0o1777);
  });

  test('are respected', async () => {
    const lock = join(older(), `${pci}.lock`);
    const other = execa('flock', [lock, 'sh', '-c', 'echo held; read end; :'], { stdin: 'pipe' });
    await new Promise((resolve) => other.stdout.once('data', resolve));
    expect(await run(plan([write('a')]), 'c1')).toContain(`@ busy ${pci}`);
    other.stdin.end();
    await other;
    expect(outcome(await run(plan([write('a')]), 'c2'))).toBe('@ outcome done');
  });

  test.each([
    ['exclusive', ['-ns'], true],
    ['shared', ['-ns'], false],
    ['shared', ['-nx'], true],
  ] as const)('are taken (%s; %s), and let go of in the end', async (mode, flags, refused) => {
    const running = start(plan([hold('a')], { locks: [{ pci, mode }] }), 'c1');
    await begun('c1');
    expect(await held([...flags])).toBe(refused);
    await release();
    await running;
    await expect.poll(() => held(['-nx']), { timeout: 10_000 }).toBe(false);
  });

  test('are let go of by an executor that was killed', async () => {
    const dying = plan([write('a'), { ...write('b'), apply: ['kill_once', 'b'] }]);
    await run(dying, 'c1');
    await expect.poll(() => held(['-nx']), { timeout: 10_000 }).toBe(false);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['others may write to', () => chmod(older(), 0o777)],
    ['others may exchange', () => chmod(join(folder, 'older'), 0o777)],
  ])('are left alone in a folder that %s', async (_, prepare) => {
    const victim = join(folder, 'victim');
    await symlink(victim, join(older(), `${pci}.lock`));
    await prepare();
    const running = slow();
    await begun('c1');
    await release();
    expect(outcome(String((await running).stdout))).toBe('@ outcome done');
    await expect(readFile(victim)).rejects.toThrow();
  });
});
