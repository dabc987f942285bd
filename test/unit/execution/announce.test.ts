import { describe, expect, test } from 'vitest';
import { readHistory } from '../../../src/control/changing';
import { announcing } from '../../../src/execution/announce';
import type { Host } from '../../../src/host/host';
import type { Heard } from '../../../src/model/outcome';
import type { Plan } from '../../../src/model/plan';
import { execa } from 'execa';
import { here, plan, run, write } from './executing';

/** What is heard of a plan, each as a few words. */
async function heard(what: Plan): Promise<string[]> {
  const all: Heard[] = [];
  const announce = announcing(what, { onHeard: (one) => all.push(one) });
  for (const line of (await run(what, 'c0')).split('\n')) announce(line);
  return all.map((one) => {
    if (one.kind === 'plan') return one.id;
    return `${one.index + 1} ${one.kind === 'said' ? one.line : one.state}`;
  });
}

describe('what is heard while the executor works', () => {
  test('each step, and what it says', async () => {
    const says = { ...write('b'), apply: ['printf', 'one\\ntwo\\n'] as never };
    expect(await heard(plan([write('a'), says, write('c')]))).toEqual([
      ...['1 running', '1 done'],
      ...['2 running', '2 one', '2 two', '2 done'],
      ...['3 running', '3 done'],
    ]);
  });

  test('a failure, and how it and the steps before it are undone', async () => {
    const fails = { ...write('b'), apply: ['ls', '/nowhere at all'] as never };
    const stays = { ...write('a'), undo: ['false'] as never };
    expect(await heard(plan([stays, fails, write('c')]))).toEqual([
      ...[
        '1 running',
        '1 done',
        '2 running',
        '2 failed',
        expect.stringMatching(/^2 ls: .*nowhere at all/) as string,
      ],
      ...['2 undoing', '2 undone', '1 undoing', '1 not-undone'],
    ]);
  });

  test('nothing of what comes after its end', () => {
    const all: Heard[] = [];
    const announce = announcing(plan([write('a')]), { onHeard: (one) => all.push(one) });
    for (const line of ['@ begin 1', '@ outcome done', '@ begin 1', '| from a container']) announce(line);
    expect(all).toEqual([
      { kind: 'step', index: 0, state: 'running' },
      { kind: 'step', index: 0, state: 'done' },
    ]);
  });
});

test('the history has the plans that the host keeps, and does without those that it doesn’t', async () => {
  const nothing = { ...write('a'), apply: ['true'], undo: ['true'] } as Plan['steps'][number];
  await run(plan([nothing]), 'c0');
  await run(plan([nothing], { before: undefined }), 'c1');
  const host = {
    run: async (program: string) => {
      const { stdout, exitCode } = await execa('sh', { input: here(program), reject: false });
      return { stdout: String(stdout), exitCode: exitCode ?? null, stderr: '' };
    },
  } as unknown as Host;
  const history = await readHistory(host);
  expect(history).toMatchObject([
    { id: 'c0', outcome: 'done', plan: { steps: [{ title: 'Write a' }] } },
    { id: 'c1', outcome: 'done', plan: undefined },
  ]);
});
