import { execaSync } from 'execa';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conclude } from '../../../src/control/conclude';
import { isRefusal, type Plan } from '../../../src/model/plan';
import { parseEntries } from '../../../src/execution/hostJournal';
import { planAttach } from '../../../src/planning/attachments/planAttach';
import { renderProgram } from '../../../src/execution/render';
import { readReport } from '../../../src/execution/report';
import { host } from '../hosts/host';

const plan = planAttach(host(), { kind: 'attach', vf: 'enp1s0:0', container: 'fw', name: 'eth1' }) as Plan;

describe('what an executor reports', () => {
  const read = (...lines: string[]) => readReport(plan, lines.join('\n'));

  test('done, with what the commands said kept out of it', () => {
    expect(read('@ begin 1', '| @ outcome stuck', '@ outcome done')).toMatchObject({
      outcome: 'done',
      failure: null,
      stuck: [],
    });
  });
  test('a failed step, as its command put it', () => {
    expect(
      read(
        '@ failed 2 1',
        '| RTNETLINK answers: File exists',
        '| second line',
        '@ undo 2',
        '@ undone 2',
        '@ outcome undone',
      ),
    ).toMatchObject({
      outcome: 'undone',
      failure: {
        step: plan.steps[1]!.title,
        exitCode: 1,
        message: 'RTNETLINK answers: File exists\nsecond line',
      },
    });
  });
  test('what the kernel logged while a step failed', () => {
    const report = read(
      '@ failed 2 1',
      '| no',
      '@ log',
      '| [ 1.0] igb 1',
      '| [ 1.1] igb 2',
      '@ undo 2',
      '| x',
    );
    expect(report.failure).toMatchObject({ message: 'no', log: ['[ 1.0] igb 1', '[ 1.1] igb 2'] });
  });
  test('a step past its deadline', () => {
    expect(read('@ failed 2 124', '@ outcome undone').failure?.message).toBe('It took longer than 15 s.');
  });
  test('what is stuck keeps apart from what failed first', () => {
    expect(
      read('@ failed 3 2', '| first', '@ stuck 2 1', '| second', '@ undone 1', '@ outcome stuck'),
    ).toMatchObject({
      failure: { message: 'first' },
      stuck: [{ step: plan.steps[1]!.title, message: 'second' }],
    });
  });
  test('a lock’s holder is named', () => {
    const report = read(
      '@ busy 0000:01:10.0',
      '| {"title":"Attach it","at":"2026-01-01T00:00:00Z","by":"ann"}',
      '@ outcome refused',
    );
    expect(conclude(plan, report, host())).toMatchObject({
      status: 'refused',
      refusal: {
        reason: expect.stringContaining('"Attach it", started 2026-01-01T00:00:00Z by ann') as string,
      },
    });
  });
  test('a precondition that failed says which', () => {
    expect(conclude(plan, read('@ refused 1', '@ outcome refused'), host())).toMatchObject({
      refusal: { code: 'stale', reason: plan.preconditions[0]!.otherwise },
    });
  });
  test('an executor that ended without reporting leaves something to recover', () => {
    expect(conclude(plan, read('@ begin 2'), host())).toMatchObject({
      status: 'stuck',
      stuck: [{ command: 'sriov --host lab recover' }],
    });
  });
  test('done but not as promised is a mismatch', () => {
    expect(conclude(plan, read('@ outcome done'), host())).toMatchObject({
      status: 'mismatch',
      differences: expect.arrayContaining([expect.stringContaining('namespace')]) as string[],
    });
  });
  test('any text at all is read without a throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readReport(plan, text)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('@ failed 9 1', '@ stuck x', '| y', '@', '@ busy', '@ outcome')),
        (lines) => void readReport(plan, lines.join('\n')),
      ),
    );
  });
});

describe('the program', () => {
  test('is what a POSIX shell takes, whatever things are called', () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((text) => !text.includes('\0') && text.isWellFormed());
    fc.assert(
      fc.property(name, name, (title, text) => {
        const hostile: Plan = {
          ...plan,
          title,
          steps: [{ title, apply: ['printf', '%s', text], undo: 'none', timeout: 5 }],
        };
        const program = renderProgram(hostile, 'id-1');
        const inner = program
          .split("<<'END_OF_PLAN_id-1'")[1]!
          .split('\n')
          .slice(1)
          .join('\n')
          .split('\nEND_OF_PLAN_id-1\n')[0]!;
        expect(execaSync('sh', ['-n'], { input: inner, reject: false }).stderr).toBe('');
        const run = execaSync('sh', ['-s', 'nothing'], {
          input: `${inner}\napply 1`,
          stripFinalNewline: false,
          reject: false,
        });
        expect(run.stdout).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
  test('refuses without root before it writes anything', () => {
    expect(renderProgram(plan, 'x').split('\n').slice(1, 3).join('\n')).toMatch(
      /\/proc\/self\/status\nif \[ "\$uid" -ne 0 \]; then .*exit 7/,
    );
  });
});

test('a damaged line of the journal costs that line only', () => {
  const line = JSON.stringify({ id: '1', at: 't', kind: 'attach', title: 'x', by: 'root', outcome: 'done' });
  expect(parseEntries(`${line}\n{"id":\n${line}\n\n[]`)).toHaveLength(2);
});

test('planning never says yes and no at once', () => {
  expect(isRefusal(plan)).toBe(false);
});
