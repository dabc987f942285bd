import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { evidenceOf } from '../../../src/inventory/evidenceOf';
import { configurationOf } from '../../../src/inventory/readConfiguration';
import type { AppliedFix } from '../../../src/model/configuration';

const fix: AppliedFix = {
  ...{ version: 1, finding: 'iommu.disabled-by-flag', title: 'Off', at: '2026-01-02T03:04:05.678Z', add: [] },
  ...{ remove: ['intel_iommu=off'], files: [], regenerate: null, tool: null, verify: [], undone: false },
};
const waits = (record: AppliedFix, cmdline: string) =>
  diagnose(
    evidenceOf([
      { name: 'user', body: '0\n' },
      { name: 'cmdline', body: `${cmdline}\n` },
      { name: 'fixes', body: `not a record\n${JSON.stringify(record)}\n` },
    ]),
  ).some(({ id, severity }) => id === 'kernel-args.reboot-needed' && severity === 'warning');

test('a live host says that a reboot is due until its kernel has what was changed, and the same for taking it back', () => {
  expect(waits(fix, 'quiet intel_iommu=off')).toBe(true);
  expect(waits(fix, 'quiet')).toBe(false);
  expect(waits({ ...fix, undone: true }, 'quiet')).toBe(true);
  expect(waits({ ...fix, undone: true }, 'quiet intel_iommu=off')).toBe(false);
});

test('files come through to the byte, or as what cannot be written back', () => {
  const configuration = configurationOf([
    { name: 'file 4 /etc/default/grub', body: 'a=b\n' },
    { name: 'file 9 /etc/kernel/cmdline', body: 'caf\ufffd\n' },
    { name: 'fix', body: `${JSON.stringify(fix)}\n` },
    { name: 'fix', body: '{"version":1' },
  ]);
  expect(configuration.files).toEqual([
    { path: '/etc/default/grub', text: 'a=b\n' },
    { path: '/etc/kernel/cmdline', text: null },
  ]);
  expect(configuration.fixes).toEqual([fix]);
});
