import { expect, test } from 'vitest';
import type { Finding } from '../../../src/model/finding';
import { applyFix } from '../../../src/ui/commands/readiness/applyFix';
import { fakeWorkbench } from './fakeWorkbench';
import { bareHost } from '../hosts/host';

const finding: Finding = {
  ...{ id: 'iommu.disabled-by-flag', cause: 'iommu-disabled-by-flag', severity: 'error', subject: 'host' },
  ...{ title: 'The IOMMU is off', explanation: '', evidence: [] },
  fixes: [
    {
      ...{ kind: 'kernel-args', summary: 'Remove it', commands: [], risk: null, needsReboot: true },
      change: { kind: 'kernel-args', add: [], remove: ['intel_iommu=off'] },
    },
  ],
};

async function bench(answer: string) {
  const workbench = await fakeWorkbench(bareHost());
  await workbench.host.connect(workbench.control.id);
  workbench.control.findings = [finding];
  await workbench.host.diagnose('vfio');
  workbench.selection = [{ kind: 'check', id: finding.id, about: 'host' }];
  workbench.dialogs.answers.push(answer);
  await applyFix(workbench);
  return workbench;
}

test('the file is shown as a difference, and changed when the user agrees', async () => {
  const { differences, control } = await bench('Apply Fix');
  expect(differences).toMatchObject([{ path: '/etc/default/grub' }]);
  expect(differences[0]?.after).not.toContain('intel_iommu=off');
  expect(control.changes).toMatchObject([{ kind: 'fix', finding: finding.id }]);
});

test('nothing is changed when nobody agrees', async () => {
  const { differences, control } = await bench('');
  expect(differences).toHaveLength(1);
  expect(control.changes).toEqual([]);
});
