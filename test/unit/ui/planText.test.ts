import { expect, test } from 'vitest';
import { isRefusal, type Plan } from '../../../src/model/plan';
import { planChange } from '../../../src/planning/plan';
import { planText } from '../../../src/ui/changes/planText';
import { bareHost, pf, vf } from '../hosts/host';
import { hostWithAttachment } from '../hosts/situations';

function planOf(...args: Parameters<typeof planChange>): Plan {
  const plan = planChange(...args);
  if (isRefusal(plan)) throw new Error(plan.reason);
  return plan;
}

test('a plan as text: what is lost, each step with its undo, then the program', () => {
  const snapshot = bareHost({ pfs: [pf([vf(0)])] });
  const plan = planOf(snapshot, { kind: 'set-vfs', pf: 'enp1s0', count: 0 });
  const text = planText([{ plan, script: '#!/bin/sh\nexit 0\n' }]);
  expect(text).toContain('# Remove all VFs of enp1s0\n# on lab\n');
  expect(text).toContain('# Losses\n#   - VF 0 enp1s0v0');
  expect(text).toMatch(
    /#   1\. Remove the 1 VFs.*\n# +echo 0 > \S+sriov_numvfs\n# +undo: echo 1 > \S+sriov_numvfs/,
  );
  expect(text.endsWith('#!/bin/sh\nexit 0\n')).toBe(true);
});

test('a step that can’t be taken back says so', () => {
  const plan = planOf(hostWithAttachment(), { kind: 'attach', vf: 'enp1s0:1', container: 'fw' });
  const text = planText([{ plan: { ...plan, steps: [{ ...plan.steps[0]!, undo: 'none' }] }, script: '' }]);
  expect(text).toContain('undo: can’t be undone');
});

test('no name from the host ends a comment', () => {
  const plan = planOf(hostWithAttachment(), { kind: 'attach', vf: 'enp1s0:1', container: 'fw' });
  const text = planText([{ plan: { ...plan, title: 'x\ntouch /tmp/pwned', notes: ['a\rb'] }, script: '' }]);
  expect(text.split(/[\r\n]/).filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});
