import { l10n } from 'vscode';
import type { Cause, Finding } from '../../model/finding';

/** The groups of the readiness view. */
export const categories = {
  adapters: l10n.t('Adapters and Their Drivers'),
  firmware: l10n.t('Firmware and PCI'),
  vfs: l10n.t('Virtual Functions'),
  iommu: l10n.t('IOMMU and Passthrough'),
  host: l10n.t('Kernel and Access'),
} as const;
export type Category = keyof typeof categories;

/** Where a check belongs: by its cause, or by its family where none of the known causes fits. */
export const categoryOf = ({ cause, id }: Pick<Finding, 'cause' | 'id'>): Category =>
  cause === 'other' ? (byFamily[id.split('.')[0] ?? ''] ?? 'host') : byCause[cause];

/** By the first word of the id; what isn't here is about the host. */
const byFamily: Record<string, Category> = {
  adapter: 'adapters',
  capability: 'adapters',
  numa: 'adapters',
  numvfs: 'vfs',
  vf: 'vfs',
};

const byCause: Record<Exclude<Cause, 'other'>, Category> = {
  'vtd-off-in-bios': 'iommu',
  'iommu-flag-missing': 'iommu',
  'iommu-disabled-by-flag': 'iommu',
  'no-iommu-hardware': 'iommu',
  'guest-no-viommu': 'iommu',
  'dt-map-missing': 'iommu',
  'iommu-capability-missing': 'iommu',
  'dmar-firmware-bug': 'iommu',
  'rmrr-locked': 'iommu',
  'interrupt-remapping-missing': 'iommu',
  'iommu-group-shared': 'iommu',
  'acs-missing': 'iommu',
  'acs-override-active': 'iommu',
  'sriov-off-in-bios': 'firmware',
  'mmio-too-small': 'firmware',
  'bus-out-of-range': 'firmware',
  'ari-missing': 'firmware',
  'bar-busy': 'firmware',
  'kernel-bug-resource-allocation': 'firmware',
  'nic-firmware-sriov-off': 'firmware',
  'nic-firmware-vf-limit': 'firmware',
  'msix-exhausted': 'firmware',
  'pcie-link-degraded': 'firmware',
  'pf-driver-lacks-sriov': 'adapters',
  'pf-driver-not-bound': 'adapters',
  'pf-bound-to-vfio': 'adapters',
  'mlx4-num-vfs-param-missing': 'adapters',
  'pf-link-down': 'adapters',
  'driver-bug': 'adapters',
  'switchdev-needs-zero-vfs': 'adapters',
  'eswitch-busy': 'adapters',
  'numvfs-change-needs-zero': 'vfs',
  'vfs-in-use': 'vfs',
  'vf-driver-missing': 'vfs',
  'vf-driver-not-bound': 'vfs',
  'vf-not-provisioned': 'vfs',
  'vf-address-missing': 'vfs',
  'not-a-vf': 'vfs',
  'setting-conflict': 'vfs',
  'vf-untrusted': 'vfs',
  'vf-mac-set-by-pf': 'vfs',
  'vf-stuck-in-netns': 'vfs',
  'rate-limit-unsupported': 'vfs',
  'vlan-unsupported-infiniband': 'vfs',
  'name-conflict': 'vfs',
  'network-manager-interferes': 'host',
  'kernel-lockdown': 'host',
  'args-not-applied': 'host',
  'not-permitted': 'host',
  'name-unknown': 'host',
  'hugepages-missing': 'host',
  'container-lacks-device': 'host',
  'engine-unreachable': 'host',
};
