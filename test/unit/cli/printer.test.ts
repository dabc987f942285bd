import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printer } from '../../../src/cli/printer';
import { outcomeText } from '../../../src/cli/shown/outcomeText';
import { inventoryText, journalText, planText } from '../printed';
import type { Plan } from '../../../src/model/plan';
import { planAttach } from '../../../src/planning/attachments/planAttach';
import { hostileText } from '../../hostileText';
import { container, host } from '../hosts/host';

/** What the two streams receive. */
function written(json: boolean, isTTY: boolean, use: (print: ReturnType<typeof printer>) => void) {
  const said = { out: '', err: '' };
  const stream = (to: keyof typeof said) => ({ isTTY, write: (text: string) => (said[to] += text) });
  use(printer({ json, color: 'never' }, stream('out'), stream('err')));
  return said;
}

/** A terminal is moved, coloured, renamed or answered by these; a reader is fooled by the rest. */
const tricks = [
  ...['\u001b[2J', '\u001b]0;title\u0007', '\u009b31m', '\u0090q\u009c', '\b\b', '\r', '\u007f', '\u0000'],
  ...['\u202e', '\u2066', '\u200f', '\u061c', '\u200b', '\u2028', '\ufeff'],
];
const acts = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

describe.each(tricks)('%j', (trick) => {
  const name = `fw${trick}x`;

  test('reaches no terminal as text, on neither stream', () => {
    const { out, err } = written(false, true, (print) => {
      print.text(name);
      print.answer({ name }, () => name);
      print.program(`echo '${name}'`);
      print.progress(name);
      print.failure('failed', name);
    });
    expect(`${out}${err}`).not.toMatch(acts);
    expect(out.split('fw')).toHaveLength(4);
  });

  test('is an escape in JSON that says the same', () => {
    const { out } = written(true, false, (print) => print.answer({ name }, () => ''));
    expect(out).not.toMatch(acts);
    expect(JSON.parse(out)).toEqual({ name });
    const failed = written(true, false, (print) => print.failure('failed', name)).out;
    expect(failed).not.toMatch(acts);
    expect(JSON.parse(failed)).toEqual({ status: 'failed', message: name });
  });

  test('is in a program that goes into a file, and shown in one that does not', () => {
    const program = `echo '${name}'`;
    expect(written(false, false, (print) => print.program(program))).toEqual({
      out: `${program}\n`,
      err: '',
    });
    expect(written(false, true, (print) => print.program(program)).err).toContain('redirect to a file');
  });
});

test('generated: whatever a container is called, what is printed about it is text, and no line of ours', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const named = host({ containers: [container(name)] });
      const request = { kind: 'attach', vf: 'enp1s0:0', container: name } as const;
      const plan = planAttach(named, request) as Plan;
      const undone = { step: plan.steps[0]!.title, exitCode: 1, message: name };
      const texts = [
        inventoryText(named),
        planText(plan),
        journalText([{ id: '1', at: 'now', kind: 'attach', title: plan.title, by: name, outcome: 'done' }]),
      ];
      const { out } = written(false, true, (print) => {
        for (const text of texts) print.text(text);
        print.text(outcomeText({ status: 'undone', plan, failure: undone } as never));
      });
      expect(out).not.toMatch(acts);
      const plain = { ...host({ containers: [container('fw')] }) };
      const usual = planAttach(plain, { ...request, container: 'fw' }) as Plan;
      expect(inventoryText(named).split('\n')).toHaveLength(inventoryText(plain).split('\n').length);
      expect(planText(plan).split('\n')).toHaveLength(planText(usual).split('\n').length);
    }),
    { numRuns: 500 },
  );
});
