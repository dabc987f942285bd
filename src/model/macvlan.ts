import type { DhcpClient } from './dhcp';
import type { EngineName } from './container';
import type { PciAddress } from './functions';
import type { MacvlanMode } from './request';

/**
 * A macvlan that we made on a function for a container, so that detaching removes it. One such record lies on the host for
 * each; the kernel removes the macvlan itself when its namespace ends.
 */
export interface MacvlanRecord {
  version: 1;
  kind: 'macvlan';
  /** Names the record: the function's address and the macvlan's MAC. */
  key: string;
  on: PciAddress;
  mode: MacvlanMode;
  container: { id: string; name: string; engine: EngineName; netnsInode: number };
  /** Name inside the container. */
  inside: string;
  mac: string;
  recordedAt: string;
  bootId: string | null;
  /** What gets its address by DHCP; absent where nothing does. */
  dhcp?: DhcpClient;
  /** Interfaces of the host that were down before and are up on behalf of this macvlan. */
  broughtUp: string[];
}
