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
      title: 'This virtual machine was given no virtual IOMMU',
      explain:
        'Whatever the kernel arguments say, there is nothing to turn on inside: the hypervisor gives this machine no IOMMU. VFs as network devices work; vfio needs one, or its unsafe no-IOMMU mode.',
      fixes: [
        fix(
          'command',
          'On the hypervisor, give the machine a virtual IOMMU (QEMU: -device intel-iommu,intremap=on,caching-mode=on, on ARM -machine virt,iommu=smmuv3; libvirt: <iommu model="intel"/> or "smmuv3")',
        ),
        fix('command', 'Or use vfio without an IOMMU: every device then can write to all memory', {
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
      title: 'vfio works here without an IOMMU, and without protection',
      explain:
        'The no-IOMMU mode of vfio is in use: the device can read and write all memory of this machine. Fine for a throw-away test machine, not for anything else.',
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
        'Its firmware, IOMMU and PCI slots are made by the hypervisor: a BIOS switch or a slot is changed there, not here. A VF that was passed in has no physical function on this side; that is normal.',
    },
  ],
};
