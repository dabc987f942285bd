/** The fixed vocabulary of causes; one finding has one. `healthy` is not a cause. */
export const causes = [
  'vtd-off-in-bios', 'iommu-flag-missing', 'iommu-disabled-by-flag', 'no-iommu-hardware', 'guest-no-viommu',
  'iommu-capability-missing', 'dmar-firmware-bug', 'rmrr-locked', 'interrupt-remapping-missing', 'iommu-group-shared',
  'acs-missing', 'acs-override-active', 'sriov-off-in-bios', 'mmio-too-small', 'bus-out-of-range', 'ari-missing', 'bar-busy',
  'kernel-bug-resource-allocation', 'pf-driver-lacks-sriov', 'pf-driver-not-bound', 'pf-bound-to-vfio',
  'nic-firmware-sriov-off', 'nic-firmware-vf-limit', 'mlx4-num-vfs-param-missing', 'msix-exhausted',
  'numvfs-change-needs-zero', 'vfs-in-use', 'switchdev-needs-zero-vfs', 'vf-driver-missing', 'vf-driver-not-bound',
  'hugepages-missing', 'container-lacks-device', 'vf-address-missing', 'not-a-vf', 'setting-conflict', 'name-unknown',
  'eswitch-busy', 'dt-map-missing',
  'vf-not-provisioned', 'pf-link-down', 'vf-untrusted', 'vf-mac-set-by-pf', 'vf-stuck-in-netns', 'name-conflict',
  'network-manager-interferes', 'rate-limit-unsupported', 'vlan-unsupported-infiniband', 'kernel-lockdown', 'driver-bug',
  'pcie-link-degraded', 'args-not-applied', 'not-permitted', 'engine-unreachable', 'other',
] as const; // prettier-ignore
export type Cause = (typeof causes)[number];

export const purposes = ['netdev', 'vfio', 'vm'] as const;
/** What the VFs are for: a network device in a container, DPDK through vfio, or a virtual machine. */
export type Purpose = (typeof purposes)[number];

/** Worst first. */
export const severities = ['error', 'warning', 'unknown', 'info', 'pass'] as const;
export type Severity = (typeof severities)[number];

/** What a fix changes on the host, as a plan can be made from it. */
export type FixChange =
  /**
   * Kernel arguments, each a whole one (`intel_iommu=on`). Of an argument that is a list, one value is added or removed:
   * `modprobe.blacklist=igbvf` leaves the other modules in it.
   */
  | { kind: 'kernel-args'; add: string[]; remove: string[] }
  | { kind: 'load-module'; module: string }
  /** Removed from the blacklist on the kernel command line and in modprobe.d, and loaded. */
  | { kind: 'unblacklist'; module: string }
  | { kind: 'pf-up'; pf: string }
  /** `sriov_drivers_autoprobe` on, and this driver for VFs that have none, whatever `driver_override` is left on them. */
  | { kind: 'vf-driver'; pf: string; driver: string }
  /** NetworkManager leaves the VFs of this driver alone. */
  | { kind: 'unmanaged'; vfDriver: string };

export interface Fix {
  kind: 'kernel-args' | 'bios' | 'firmware' | 'driver' | 'command';
  summary: string;
  /** Commands to run as root, in order; empty for manual fixes (a BIOS menu). */
  commands: string[];
  risk: string | null;
  needsReboot: boolean;
  /** What `sriov fix` would do; absent if only a person can. */
  change?: FixChange | undefined;
}

export interface Finding {
  /** Stable id of the check, `iommu.translation` … */
  id: string;
  /** For a `pass`, the cause that was looked for and not found. */
  cause: Cause;
  severity: Severity;
  /** What it is about: `host`, a PCI address, an interface. */
  subject: string;
  title: string;
  explanation: string;
  /** The exact lines it rests on. */
  evidence: string[];
  fixes: Fix[];
}

/** Worst first; equal severities keep their order. */
export const worstFirst = (findings: Finding[]): Finding[] =>
  [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
