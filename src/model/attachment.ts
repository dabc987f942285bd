import type { DhcpClient } from './dhcp';
import type { HostRoute } from './hostRoute';
import type { PciAddress } from './functions';
import type { EngineName, Route } from './container';
import type { SettingKey, VfSettings } from './vfAttributes/table';

/** PF-side settings that can be changed while a VF is attached. `rates` are both limits: the kernel sets them together. */
export type ChangedSetting = SettingKey | 'adminMac';

/**
 * What a VF was before it was attached: what detaching, and restoring after the container died, puts back.
 * One such record lies on the host per attached VF; it is written before the first change.
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
    /** The bridge or bond of the host that it was a port of; absent where it was none's. */
    master?: string;
    /** The routes that the host had through it and through what stands on it; absent where it had none. */
    routes?: HostRoute[];
    /** What wasn't known then is `null` or absent, and isn't put back. */
    settings: Partial<VfSettings>;
    /** The container's default route that ours took the place of. */
    defaultRoute: Route | null;
  };
  /** Which of the PF-side settings this attachment changed, and so has to put back. */
  changed: { vlan: boolean } & Partial<Record<ChangedSetting, boolean>>;
  /** What gets its address by DHCP; absent where nothing does. */
  dhcp?: DhcpClient;
  /** True when the PF was down before and is up on behalf of this attachment. */
  pfBroughtUp: boolean;
}
