import { command } from '../../command';
import { always, fix, hit, whenPassedOn, type Family, type Hit } from '../../rule';
import { iommuState } from '../../view/iommuState';
import type { View } from '../../view/view';
import { fact } from '../software';
import { anySays } from './says';

/** What the programs that hand VFs out say when somebody else has one, or all of them. */
const taken = anySays(
  /\bPCI device '?[\da-f:.]+'? (?:is )?(?:already )?in use by (?:driver|domain|VMID)\b/i,
  /\bPCI device \S+ is (?:allocated|claimed|unavailable) instead of\b/i,
  /\ball (?:of the )?(?:virtual functions|VFs)\b.{0,80}\b(?:in use|allocated|taken|busy)\b/i,
  /\bno (?:free|available|unused) (?:virtual functions?|VFs?)\b/i,
  /requires exclusive access to interfaces, but none are available/i,
  /\bAll devices in use \[/,
  /(?:could ?n[o']t|unable to|fail\w* to) find (?:an? |any )?(?:free|available|unused) (?:SR-?IOV )?(?:virtual function|VF)s?\b/i,
  /\bNo SR-?IOV virtual functions?\b.{0,10} (?:is|are) available\b/i,
  /\bClaim pci failed\b|PCI device \S+ from empty pool\b/i,
  /pci address \S+ is already allocated/i,
  /\/dev\/vfio\/(?:devices\/vfio)?\d+\b.{0,60}(?:\bbusy\b|\b(?:error|errno) 16\b)/i,
);

/** The pool of a device plugin has too few: all are taken, or it has none. */
const poolEmpty = anySays(
  /\bInsufficient (?<about>[\w.-]+\/[\w.-]*(?:sriov|vfs?|nics?|mlx\w*|netdevice|dpdk|rdma|hca|ib)(?![a-z])(?:[\w.-]*\w)?)/i,
  /requested number of devices unavailable for (?<about>[\w.-]+\/[\w.-]+)/i,
);

/** The configuration of a live host's kernel says so, before anybody tries. */
const builtWithout = (view: View): Hit[] => {
  const found = fact(view, 'VFIO_NOIOMMU');
  return found?.value === 'n' ? [hit('host', [found.line])] : [];
};

const noIommuMode = anySays(
  /unknown parameter '(?:enable_unsafe_)?noiommu\w*' ignored/i,
  /enable_unsafe_noiommu_mode['"]?: (?:Permission denied|No such file|Operation not permitted)/i,
);

export const users: Family = {
  id: 'vf.users',
  cause: 'vfs-in-use',
  fine: 'Nobody else has the VF',
  looked: () => [],
  rules: [
    {
      id: 'users.taken',
      cause: 'vfs-in-use',
      severity: always('error'),
      when: taken,
      title: 'The VF is in use by somebody else',
      explain:
        'Another virtual machine, container or userspace program has this VF, or all of them. It is free again when that ends or gives it back.',
      fixes: [
        fix('command', 'Find who has it, and stop that or use another VF', {
          commands: [command`fuser -v /dev/vfio/*`, command`virsh list`],
        }),
      ],
      yieldsTo: ['vfs-in-use'],
      past: 'event',
    },
    {
      id: 'users.pool-empty',
      cause: 'vfs-in-use',
      severity: always('warning'),
      when: poolEmpty,
      title: ({ says }) => `No VF is left of the resource ${says ?? ''}`.trimEnd(),
      explain:
        'Other pods have all VFs of this resource, or its pool is empty: its selectors match no VF, or the device plugin has not found them since the node started.',
      fixes: [
        fix('command', 'Compare what the node offers with what is taken', {
          commands: [command`kubectl describe nodes`],
        }),
      ],
      yieldsTo: ['vfs-in-use'],
    },
    {
      id: 'users.driver-not-loaded',
      cause: 'vf-driver-missing',
      severity: always('error'),
      when: anySays(/\bDriver '(?<about>[\w-]+)' is not loaded/i),
      title: ({ says }) => `The driver ${says ?? ''} is not loaded`,
      explain: 'A function can be bound only to a driver that is loaded.',
      fixes: ({ says }) =>
        says === 'vfio-pci'
          ? [
              fix('driver', 'Load it', {
                commands: [command`modprobe vfio-pci`],
                change: { kind: 'load-module', module: 'vfio-pci' },
              }),
            ]
          : [fix('driver', 'Load it with modprobe')],
    },
    {
      id: 'users.no-noiommu',
      cause: 'guest-no-viommu',
      severity: whenPassedOn('warning'),
      when: (view) => (iommuState(view).state === 'on' ? [] : [...noIommuMode(view), ...builtWithout(view)]),
      title: 'This kernel has no no-IOMMU mode for vfio',
      explain:
        'It was built without VFIO_NOIOMMU, as that of Debian, so the parameter does not exist, not even for root. vfio then needs an IOMMU, in a virtual machine one that the hypervisor provides.',
      fixes: [
        fix(
          'command',
          'On the hypervisor, add a virtual IOMMU to the machine (QEMU: -device intel-iommu,intremap=on,caching-mode=on)',
        ),
      ],
      yieldsTo: ['guest-no-viommu', 'iommu-flag-missing', 'vtd-off-in-bios', 'iommu-disabled-by-flag'],
    },
  ],
};
