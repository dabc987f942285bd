import { command } from '../command';
import { offBecause } from './iommu';
import { fix, hit, said, whenPassedOn, type Family } from '../rule';
import { iommuState } from '../view/iommuState';
import { surroundings } from '../view/surroundings';

export const guest: Family = {
  id: 'guest',
  cause: 'guest-no-viommu',
  fine: 'Not a virtual machine, or one with a virtual IOMMU',
  looked: () => [],
  rules: [
    {
      id: 'guest.no-viommu',
      cause: 'guest-no-viommu',
      severity: whenPassedOn('error'),
      when: (view) =>
        offBecause('guest-no-viommu')(view).map((h) => ({
          ...h,
          evidence: [...surroundings(view).guest.slice(0, 3), ...h.evidence],
        })),
      title: 'This virtual machine has no virtual IOMMU',
      explain:
        'The hypervisor provides no IOMMU, so no kernel argument can enable it. VFs work as network devices; vfio needs an IOMMU, or its unsafe no-IOMMU mode.',
      fixes: [
        fix(
          'command',
          'On the hypervisor, add a virtual IOMMU to the machine (QEMU: -device intel-iommu,intremap=on,caching-mode=on, on ARM -machine virt,iommu=smmuv3; libvirt: <iommu model="intel"/> or "smmuv3")',
        ),
        fix('command', 'Or use vfio without an IOMMU: every device can then write to all memory', {
          commands: [command`modprobe vfio enable_unsafe_noiommu_mode=1`],
          risk: 'No isolation at all; the kernel is tainted.',
        }),
      ],
    },
    {
      id: 'guest.noiommu-in-use',
      cause: 'guest-no-viommu',
      severity: whenPassedOn('warning'),
      when: (view) =>
        iommuState(view).state === 'on'
          ? []
          : said(/vfio-noiommu (?:group|device)|enable_unsafe_noiommu_mode[= :]+[1Y]/i)(view),
      title: 'vfio works without an IOMMU, and without protection',
      explain:
        'vfio runs in no-IOMMU mode: the device can read and write all memory of this machine. Only use this on disposable test machines.',
      yieldsTo: ['guest-no-viommu'],
    },
    {
      id: 'guest.is-guest',
      cause: 'guest-no-viommu',
      severity: whenPassedOn('info'),
      when: (view) => {
        const shown = surroundings(view).guest;
        return shown.length > 0 ? [hit('host', shown.slice(0, 2))] : [];
      },
      title: 'This is a virtual machine',
      explain:
        'The hypervisor provides its firmware, IOMMU and PCI slots; change BIOS settings and slots there. A VF that is passed through has no physical function in the guest; that is normal.',
    },
  ],
};
