import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { bootFile, type BootFile } from '../../../src/boot/files';
import { checkBootFile } from '../../../src/boot/check';
import { wantedArguments } from '../../../src/ui/bootFiles/wanted';
import { live } from '../diagnostics/data/evidence';

const grub = bootFile('/etc/default/grub') as BootFile;
const off = { iommuUnits: [], iommuGroups: 0 };

test.each([
  [
    'no flag',
    live({ ...off, virtualization: 'none' }, { cmdline: 'root=/dev/sda1' }),
    '"quiet"',
    'boot.missing',
  ],
  [
    'turned off',
    live(off, { cmdline: 'root=/dev/vda intel_iommu=off', dmesg: ['DMAR: IOMMU disabled'] }),
    '"intel_iommu=off"',
    'boot.unwanted',
  ],
  ['on', live(), '"quiet"', undefined],
])('what the checks say of a host reaches its file: %s', (_, evidence, value, code) => {
  const host = {
    id: 'local',
    readiness: { findings: diagnose(evidence, 'vm'), purpose: 'vm' as const, at: new Date() },
  };
  const wanted = wantedArguments({ scheme: 'file', authority: '' }, host);
  const [problem] = checkBootFile(`GRUB_CMDLINE_LINUX_DEFAULT=${value}`, grub, wanted);
  expect(problem?.code).toBe(code);
  if (problem) expect(problem.repairs).toHaveLength(1);
});
