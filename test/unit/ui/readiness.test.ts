import { expect, test } from 'vitest';
import type { Finding } from '../../../src/model/finding';
import { checkText } from '../../../src/ui/documents/checkText';
import { failures, readinessRows, summaryOf } from '../../../src/ui/readiness/rows';

const finding = (id: string, severity: Finding['severity'], more: Partial<Finding> = {}): Finding => ({
  id,
  cause: 'other',
  severity,
  subject: 'host',
  title: `title of ${id}`,
  explanation: 'because',
  evidence: [],
  fixes: [],
  ...more,
});

const findings = [
  finding('iommu.translation', 'pass', { cause: 'no-iommu-hardware' }),
  finding('pf.link', 'warning', { cause: 'pf-link-down', subject: '0000:01:00.0' }),
  finding('iommu.flag', 'error', {
    cause: 'iommu-flag-missing',
    evidence: ['BOOT_IMAGE=/vmlinuz quiet'],
    fixes: [
      {
        kind: 'kernel-args',
        summary: 'Add intel_iommu=on',
        commands: ['update-grub'],
        risk: null,
        needsReboot: true,
      },
    ],
  }),
  finding('pf.driver', 'unknown', { cause: 'pf-driver-not-bound' }),
];

test('categories and checks, worst first', () => {
  const rows = readinessRows('lab', findings);
  expect(rows.map(({ label, description }) => `${label}: ${description}`)).toEqual([
    'IOMMU and Passthrough: 1 failed, 1 passed',
    'Adapters and Their Drivers: 1 warning, 1 unknown',
  ]);
  expect(rows[0]?.children.map(({ context }) => context)).toEqual([';chk;fail;fix;', ';chk;pass;nofix;']);
  expect(rows[1]?.children[0]).toMatchObject({
    description: 'warning · 0000:01:00.0',
    context: ';chk;warn;nofix;',
  });
});

test('unknown is not failed', () => {
  expect(failures(findings)).toBe(1);
  expect(summaryOf(findings)).toBe('1 failed, 1 warning, 1 unknown, 1 passed');
  const barred = finding('privileges.dmesg', 'unknown', { cause: 'not-permitted' });
  expect(summaryOf([barred])).toBe('1 needs administrative access');
  expect(summaryOf([...findings, barred, barred])).toBe(
    '1 failed, 1 warning, 2 need administrative access, 1 unknown, 1 passed',
  );
});

test('the details of a check hold what it rests on and what to do', () => {
  expect(checkText(findings[2] as Finding)).toBe(
    `title of iommu.flag
error · iommu.flag · host

because

Evidence:
    BOOT_IMAGE=/vmlinuz quiet

To do (kernel-args, needs a reboot): Add intel_iommu=on
    update-grub
`,
  );
});
