import type { DhcpClient } from './dhcp';
import type { ContainerEngine } from './engines';
import type { HostRoute } from './hostRoute';
import type { Container } from './container';
import type { Kept } from './lasting/kept';
import type { Made, VfMaker } from './lasting/made';
import type { AttachmentRecord } from './attachment';
import type { Plan } from './plan';
import type { ChangeRequest } from './request';
import type { MacvlanRecord } from './macvlan';
import type { PciAddress, PhysicalFunction, Represented, VirtualFunction } from './functions';
import type { HugePages, NodeCpus } from './userspace/hugePages';
import type { GroupFile } from './userspace/vfio';
import { unknownSettings } from './vfAttributes/table';

/** Something that could not be read, why, and what would make it known. */
export interface Problem {
  what: string;
  why: string;
  needs: string;
}

export interface HostFacts {
  /** How the user addressed it: `local` or the ssh destination. */
  id: string;
  hostname: string | null;
  kernel: string | null;
  os: { id: string | null; version: string | null; prettyName: string | null; system: string };
  /** `none`, `kvm`, `qemu`, `docker` … as systemd-detect-virt says it. */
  virtualization: string | null;
  /** Changes at every boot: what was recorded under another one is void. */
  bootId: string | null;
  user: { name: string | null; uid: number | null; isRoot: boolean };
  /** Inode of the host's own network namespace. */
  netnsInode: number | null;
  /** Its udev names network devices by `.link` files; absent where it doesn't, or nothing shows it. */
  linkFiles?: true;
  /** The client that can get an address by DHCP for a container; absent where there is none that we know how to use. */
  dhcpClient?: DhcpClient;
}

/** A network device of the host's own namespace. */
export interface HostLink {
  index: number;
  name: string;
  mac: string | null;
  up: boolean;
  /** Carrier, `LOWER_UP`. */
  carrier: boolean;
  mtu: number | null;
  /** `vlan`, `bridge`, `bond`, `macvlan` …; `null` for hardware. */
  kind: string | null;
  master: string | null;
  /** The lower device of a VLAN, macvlan … */
  lower: string | null;
  /** The function whose network device it is; `null` for a representor, too. */
  pci: PciAddress | null;
  /** Absent where it is no representor. */
  represents?: Represented;
  altnames: string[];
  addresses: string[];
  /** The configured routes through it; absent if there are none. */
  routes?: HostRoute[];
}

export interface Attachment {
  vf: PciAddress;
  containerId: string;
  /** Name the container had when the VF was attached. */
  containerName: string;
  /**
   * `live`: the VF is where we put it. `orphaned`: it is in a namespace that belongs to no container any more.
   * `returned-not-restored`: it is back on the host, but not yet as it was.
   */
  status: 'live' | 'orphaned' | 'returned-not-restored';
  /** ISO 8601, the host's clock. */
  recordedAt: string;
  record: AttachmentRecord;
}

/** A change that some executor began and didn't finish. */
export interface PendingChange {
  id: string;
  title: string;
  startedAt: string | null;
  by: string | null;
  /** True while an executor is still running it. */
  running: boolean;
  /** True when it was begun before the host's last boot, which undid it: finishing it is asking for it again. */
  beforeBoot: boolean;
  /** How many of its steps were done, of how many. */
  progress: { done: number; steps: number | null };
  /** True when it was being undone: then it can't be finished. */
  undoing: boolean;
  /** What was asked for; `null` when that can't be read. */
  request: ChangeRequest | null;
}

/** The last change that was finished and not taken back. */
export interface FinishedChange {
  id: string;
  title: string;
  /** ISO 8601, the host's clock. */
  at: string | null;
  by: string | null;
  /** True when the host was booted since: then nothing of it is left. */
  beforeBoot: boolean;
  /** What it did; `null` when that can't be read. */
  plan: Plan | null;
}

export type EngineStatus =
  | { engine: ContainerEngine; status: 'ok' }
  | {
      engine: ContainerEngine;
      status: 'absent' | 'denied' | 'not-running' | 'error';
      detail: string;
      /** The group that may use the engine's socket, when the user joined it after this login. */
      joinedLate?: string;
    };

/** Everything we know about a host at one moment; immutable. `inventory --json` prints it as it is. */
export interface HostSnapshot {
  /** ISO 8601, the client's clock. */
  takenAt: string;
  host: HostFacts;
  pfs: PhysicalFunction[];
  containers: Container[];
  attachments: Attachment[];
  /** The attachments that last. */
  kept: Kept[];
  /** The VFs that are made after each boot. */
  made: Made[];
  /** What else of the host creates VFs at boot. */
  makers: VfMaker[];
  /** Network namespaces other than the host's, and a path that leads to each. */
  namespaces: { inode: number; path: string }[];
  /** VFs whose record is void: the host was rebooted, the VF is gone, restored, or used otherwise. */
  staleRecords: string[];
  /** The macvlans that we made and that are still there. */
  macvlans: MacvlanRecord[];
  /** Those that ended with their container, while devices of the host are up on their behalf still. */
  endedMacvlans: MacvlanRecord[];
  /** Of attachments that ended otherwise than by detaching: their container lives, and has no default route instead of the one they replaced. */
  lostRoutes: AttachmentRecord[];
  problems: Problem[];
  engines: EngineStatus[];
  links: HostLink[];
  /** Huge pages of each size, of the whole host and of each NUMA node; absent where the kernel has none. */
  hugePages?: HugePages[];
  /** Absent where the kernel knows no NUMA nodes. */
  nodeCpus?: NodeCpus[];
  /** The device files of VFIO groups; absent where there are none. */
  groupFiles?: GroupFile[];
  pending: PendingChange[];
  /** What `undo` would take back. */
  lastChange: FinishedChange | null;
}

export const allVfs = (snapshot: HostSnapshot): VirtualFunction[] => snapshot.pfs.flatMap((pf) => pf.vfs);

/** The VF of that address, and its PF. */
export function vfAt(
  { pfs }: Pick<HostSnapshot, 'pfs'>,
  pci: string | null,
): { pf: PhysicalFunction; vf: VirtualFunction } | undefined {
  for (const pf of pfs) {
    const vf = pf.vfs.find((one) => one.pci === pci);
    if (vf) return { pf, vf };
  }
  return undefined;
}

export const pfOf = (snapshot: HostSnapshot, { pci }: VirtualFunction): PhysicalFunction | undefined =>
  vfAt(snapshot, pci)?.pf;

export const containersIn = (snapshot: HostSnapshot, netnsInode: number): Container[] =>
  snapshot.containers.filter((container) => container.netnsInode === netnsInode);

/**
 * A PF as something that a container may hold whole: its index is -1, and no other function enforces settings for it.
 */
export function wholePf(
  pf: PhysicalFunction,
  { links, containers }: Pick<HostSnapshot, 'links' | 'containers'>,
): VirtualFunction {
  const { pci, name, driver, mac, mtu, up, iommuGroup, numaNode, protectedBecause, holder } = pf;
  const onHost = links.find((link) => link.pci === pci);
  const inside = containers.flatMap(({ interfaces }) => interfaces).find((one) => one.vf === pci);
  return {
    ...{ pci, index: -1, name, driver, mac, mtu, up, iommuGroup, numaNode, protectedBecause, holder },
    altnames: (onHost ?? inside)?.altnames ?? [],
    addresses: (onHost ?? inside)?.addresses ?? [],
    master: onHost?.master ?? null,
    ...unknownSettings,
  };
}

/** Every VF, and every PF as a whole. */
export const allFunctions = (snapshot: HostSnapshot): VirtualFunction[] => [
  ...allVfs(snapshot),
  ...snapshot.pfs.map((pf) => wholePf(pf, snapshot)),
];

/** The VF, or the PF as a whole. */
export function functionAt(snapshot: HostSnapshot, pci: string | null): VirtualFunction | undefined {
  const pf = snapshot.pfs.find((one) => one.pci === pci);
  return pf ? wholePf(pf, snapshot) : vfAt(snapshot, pci)?.vf;
}

/** Changes that no executor is running anymore. */
export const interruptedIn = ({ pending }: HostSnapshot): PendingChange[] =>
  pending.filter(({ running }) => !running);
