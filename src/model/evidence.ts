import type { VfCapacity } from './vfCapacity';

/**
 * What is known about a host's readiness; any part may be missing. The same form serves a live host, an evidence file
 * and pasted text.
 */
export interface HostEvidence {
  /** The running kernel's command line; `null` when unknown. */
  cmdline: string | null;
  /** Kernel log lines, oldest first, as they were printed. */
  dmesg: string[];
  /** Lines of `lspci -vvv`. */
  lspci: string[];
  /** Path or fact → value. */
  sysfs: Record<string, string>;
  /** What was typed and what it answered. */
  commands: TypedCommand[];
  /** `ip link`, `ls`, remarks … */
  other: string[];
  /** The log and the commands are from the moment in question, not from any time since boot. */
  fresh?: boolean;
  /** Facts of a live host that a log doesn't have; absent offline. */
  live?: LiveFacts;
}

export interface TypedCommand {
  command: string;
  /** All that it answered; empty or `null` when that was nothing. */
  error: string | null;
  /** Its prompt was root's. */
  asRoot?: boolean;
}

/** Read from a running host by our own program. `null`: couldn't be read. */
export interface LiveFacts {
  hostname: string | null;
  kernel: string | null;
  /** `none`, `kvm` …, as systemd-detect-virt prints it. */
  virtualization: string | null;
  insideContainer: boolean | null;
  isRoot: boolean;
  cpuVendor: string | null;
  /** As `uname -m` says it: `x86_64`, `aarch64`, `ppc64le`, `s390x`. */
  architecture?: string | null;
  /** Entries of /sys/class/iommu: not empty means that DMA translation is on. */
  iommuUnits: string[] | null;
  iommuGroups: number | null;
  /** Names under /sys/firmware/acpi/tables. */
  acpiTables: string[] | null;
  /** False when dmesg was refused. */
  dmesgReadable: boolean;
  /** Kernel modules that are blacklisted by the command line or modprobe.d. */
  blacklistedModules: string[];
  pfs: LivePf[];
  /** Devices with SR-IOV that aren't network adapters; absent if nobody looked. */
  otherFunctions?: OtherFunction[];
  /** Where the VFs' network devices are; absent if nobody looked into the namespaces. */
  holders?: VfHolder[];
  engines: { engine: string; status: string; detail: string }[];
}

export interface VfHolder {
  vf: string;
  /** `none`: in no visible namespace. `orphan`: in one that belongs to no container and has no name. */
  kind: 'host' | 'container' | 'netns' | 'vfio' | 'none' | 'orphan';
  /** For an unused VF: what its PF enforces for it, as texts; absent if nothing. */
  brings?: string[];
  /** The arguments of `ip link set PF vf N` that remove it. */
  clear?: string[];
}

export interface OtherFunction {
  pci: string;
  /** As sysfs prints it: `0x010802`. */
  pciClass: string;
  totalVfs: number | null;
  driver: string | null;
}

export interface LivePf {
  pci: string;
  name: string | null;
  driver: string | null;
  vendorId: string | null;
  deviceId: string | null;
  totalVfs: number | null;
  numVfs: number | null;
  up: boolean | null;
  carrier: boolean | null;
  driversAutoprobe: boolean | null;
  iommuGroup: number | null;
  linkSpeed: { current: string | null; max: string | null };
  room: VfCapacity;
  /** The module that claims this PF's VF device id, by modalias; `null` when none is installed. */
  vfModule: string | null;
  vfs: { pci: string; driver: string | null; name: string | null; iommuGroup: number | null }[];
}
