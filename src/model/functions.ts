import type { VfSettings, VfTold } from './vfAttributes/table';
import type { VfCapacity } from './vfCapacity';

/** A PCI address in full form, `dddd:bb:dd.f`, lower case: the identity of a physical or virtual function. */
export type PciAddress = string;

/**
 * Who has a VF's network device now. `none`: it has no network device that anybody can see. `vfio`: a driver for programs has it, so
 * that it has none; which one, its driver says.
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

/** What a representor stands for: a port of an adapter's own switch. It is neither the VF nor an interface to give away. */
export interface Represented {
  /** The adapter; `null` before Linux 5.8, which doesn't say. */
  pf: PciAddress | null;
  /** The kernel's name of the port: `pf0vf1`. */
  port: string;
  /** The VF on the other side, if that is what is there. */
  vf: number | null;
}

export interface VirtualFunction extends VfSettings, VfTold {
  pci: PciAddress;
  index: number;
  /** Name of its network device, wherever that is now; `null` when it has none. */
  name: string | null;
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
  /** What decides over how many VFs fit where it is plugged in. */
  room: VfCapacity;
  /** Why changing this PF would cut the connection or the host's default route (invariant 8); empty when it wouldn't. */
  protectedBecause: string[];
  /** Where the PF's own network device is, as for a VF. */
  holder: Holder;
  vfs: VirtualFunction[];
}
