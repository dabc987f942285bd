import type { DhcpClient } from './dhcp';
import type { HostRoute } from './hostRoute';
import type { PciAddress } from './functions';
import type { EngineName, Route } from './container';
import type { SettingKey, VfSettings } from './vfAttributes/table';

/** PF-side settings that can be changed while a VF is attached. `rates` are both limits: the kernel sets them together. */
export type ChangedSetting = SettingKey | 'adminMac';

/**
 * The state of a VF before it was attached, which detaching, or restoring after the container died, puts back.
 * The host has one such record per attached VF, written before the first change.
 */
export interface AttachmentRecord {
  version: 1;
  vf: PciAddress;
  pf: PciAddress;
  index: number;
  container: { id: string; name: string; engine: EngineName; netnsInode: number };
  /** Name inside the container. */
  inside: string;
  recordedAt: string;
  bootId: string | null;
  before: {
    name: string;
    altnames: string[];
    mac: string | null;
    mtu: number | null;
    up: boolean;
    addresses: string[];
    /** The bridge or bond of the host that it was a port of; absent if there was none. */
    master?: string;
    /** The host's routes through it and through the devices on top of it; absent if it had none. */
    routes?: HostRoute[];
    /** What wasn't known at the time is `null` or absent, and isn't put back. */
    settings: Partial<VfSettings>;
    /** The container's default route that ours replaced. */
    defaultRoute: Route | null;
  };
  /** The PF-side settings that this attachment changed, and so has to put back. */
  changed: { vlan: boolean } & Partial<Record<ChangedSetting, boolean>>;
  /** The client that gets its address by DHCP; absent without DHCP. */
  dhcp?: DhcpClient;
  /** True when the PF was down before and was brought up for this attachment. */
  pfBroughtUp: boolean;
}
