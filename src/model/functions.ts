import type { FunctionUser, GroupMate } from './userspace/vfio';
import type { VfSettings, VfTold } from './vfAttributes/table';
import type { VfCapacity } from './vfCapacity';

/** A PCI address in full form, `dddd:bb:dd.f`, lower case: the identity of a physical or virtual function. */
export type PciAddress = string;

/**
 * Who has a VF's network device now. `none`: it has no visible network device. `vfio`: a driver for programs has it, so
 * it has none; `driver` says which.
 */
export interface Holder {
  kind: 'host' | 'container' | 'netns' | 'vfio' | 'none';
  /** Full id of the container, when `kind` is `container`. */
  containerId: string | null;
  /** Inode of the network namespace, when the device is in one that isn't the host's. */
  netnsInode: number | null;
  /** Name for people: the container's, or the named namespace's. */
  name: string | null;
}

/** What a representor stands for: a port of an adapter's own switch. It is neither the VF nor an interface to attach. */
export interface Represented {
  /** The adapter; `null` before Linux 5.8, which doesn't say. */
  pf: PciAddress | null;
  /** The kernel's name of the port: `pf0vf1`. */
  port: string;
  /** The VF on the other side, if it is one. */
  vf: number | null;
}

export interface VirtualFunction extends VfSettings, VfTold {
  pci: PciAddress;
  index: number;
  /** Name of its network device, wherever that is now; `null` when it has none. */
  name: string | null;
  /** What udev would call it, where others left it on the host under such a name as `eth1`, and nobody uses it; else absent. */
  nameByUdev?: string;
  /** Its other network devices on the host, where both ports of a card are one function; absent where there are none. */
  otherPorts?: string[];
  /** In switchdev mode: the device of the host that stands for its port in the adapter's switch. */
  representor?: string;
  driver: string | null;
  /** The MAC in effect on the network device (not the one the PF enforces). */
  mac: string | null;
  mtu: number | null;
  up: boolean | null;
  altnames: string[];
  /** Addresses with prefix length, as on the device now. */
  addresses: string[];
  /** The bond, bridge or other upper device it is enslaved to on the host. */
  master: string | null;
  iommuGroup: number | null;
  numaNode: number | null;
  /** The others in its IOMMU group; absent where it is alone there. */
  groupMates?: GroupMate[];
  /** Who has it open through VFIO; absent where nobody has, or only root could see it. */
  users?: FunctionUser[];
  /** Of a driver beside which programs work: its `uverbsN`. */
  uverbs?: string;
  /** The containers that it is kept for, and for nobody else, whoever has it now. Absent if it is kept for none. */
  keptFor?: string;
  /** Why a change that interrupts this VF would cut off a user; empty when it wouldn't. */
  protectedBecause: string[];
  holder: Holder;
}

export interface PhysicalFunction {
  pci: PciAddress;
  name: string | null;
  /** Its other network devices on the host, where both ports of a card are one function; absent where there are none. */
  otherPorts?: string[];
  /** `infiniband`; absent for Ethernet. */
  linkType?: string;
  /** Its permanent MAC; absent if it has that one now. */
  permanentMac?: string;
  driver: string | null;
  /** `0x8086` style, as sysfs has it. */
  vendorId: string | null;
  deviceId: string | null;
  model: string | null;
  numaNode: number | null;
  iommuGroup: number | null;
  mac: string | null;
  mtu: number | null;
  up: boolean | null;
  carrier: boolean | null;
  speedMbps: number | null;
  numVfs: number | null;
  totalVfs: number | null;
  driversAutoprobe: boolean | null;
  eswitchMode: string | null;
  /** PCIe link, `current` and `max` as sysfs prints them: `8.0 GT/s PCIe x8`. */
  linkSpeed: { current: string | null; max: string | null };
  /** What determines how many VFs fit where it is plugged in. */
  room: VfCapacity;
  /** Why changing this PF would cut the connection or the host's default route (invariant 8); empty when it wouldn't. */
  protectedBecause: string[];
  /** Where the PF's own network device is, as for a VF. */
  holder: Holder;
  vfs: VirtualFunction[];
}
