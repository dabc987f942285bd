import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { summary, toMarkdown } from '../../../src/diagnostics/report';
import type { Finding } from '../../../src/model/finding';
import { live, withPf } from './data/evidence';

const finding = (parts: Partial<Finding>): Finding => ({
  ...{
    id: 'x',
    cause: 'other',
    severity: 'error',
    subject: 'host',
    title: 'T',
    explanation: 'E.',
    evidence: [],
    fixes: [],
  },
  ...parts,
});

test('the summary counts, and leaves out what there is none of', () => {
  const of = (...severities: Finding['severity'][]) =>
    summary(severities.map((severity) => finding({ severity })));
  expect(of('pass', 'warning', 'warning', 'error', 'unknown', 'unknown', 'unknown')).toBe(
    '1 passed, 2 warnings, 1 failed, 3 unknown',
  );
  expect(of('warning', 'pass', 'pass')).toBe('2 passed, 1 warning');
  expect(of()).toBe('no checks');
});

test('worst first, passes at the end', () => {
  const report = toMarkdown(diagnose(withPf({ driver: null }), 'netdev'), 'lab');
  const heads = report.split('\n').filter((line) => line.startsWith('#'));
  expect(heads[0]).toBe('# SR-IOV readiness of lab');
  expect(heads[1]).toBe('## Failed: The adapter has no driver');
  expect(heads.at(-1)).toBe('## Passed');
  expect(toMarkdown(diagnose(live(), 'netdev'), 'lab')).not.toMatch(/## (Failed|Warning)/);
});

test('for what, when, and what changed', () => {
  const changes = {
    fixed: [finding({ id: 'a', title: 'It *was* off' })],
    new: [finding({ id: 'b', subject: '0000:01:00.0' })],
    ...{ still: [], unseen: [], since: new Date(0) },
  };
  const report = toMarkdown([], 'lab', { purpose: 'vm', at: new Date(60_000), changes });
  expect(report).toContain('Purpose: virtual machines.\n\nRead 1970-01-01 00:01 UTC.');
  expect(report).toContain(
    '## Since 1970-01-01 00:00 UTC\n\n- New: T (0000:01:00.0)\n- Fixed: It \\*was\\* off\n',
  );
  expect(toMarkdown([], 'log', { purpose: null })).toContain(
    'unknown, so each finding has its worst severity',
  );
});

test('commands, risk and reboot are printed', () => {
  const fix = {
    kind: 'kernel-args',
    summary: 'Boot with x',
    commands: ['update-grub'],
    risk: 'None boots',
    needsReboot: true,
  } as const;
  const report = toMarkdown([finding({ fixes: [{ ...fix, commands: [...fix.commands] }] })], 'h');
  expect(report).toContain('- Boot with x (needs a reboot) — risk: None boots');
  expect(report).toContain('  ```text\n  update-grub\n  ```');
});

describe('text of the host is shown, never markup', () => {
  const evil = '<img src=x onerror=alert(1)> [a](command:x) `b` **c** ![d](http://e) | # @f\u202e https://g';
  const report = toMarkdown(
    [finding({ title: evil, subject: evil, explanation: evil, evidence: [evil, '```', '~~~', '\x1b[31m'] })],
    evil,
  );
  const outside = report.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '');
  test('outside of code blocks', () => {
    expect(outside).not.toMatch(/<|(?<!\\)[[\]()`*!|]|\u202e/);
    expect(outside).not.toMatch(/command:|https?:/);
  });
  test('inside of them', () => {
    expect(report).toContain(
      `\n\`\`\`\`text\n${evil.replace('\u202e', '\\u202e')}\n\`\`\`\n~~~\n\\x1b[31m\n\`\`\`\`\n`,
    );
  });
  test('a line break makes no heading', () => {
    expect(
      toMarkdown([finding({ title: 'a\n# b', evidence: ['c\n```\n# d'] })], 'h\n# i')
        .split('\n')
        .filter((line) => /^# /.test(line)),
    ).toHaveLength(2);
  });
});
