import type { DhcpClient } from './dhcp';
import type { EngineName } from './container';
import type { PciAddress } from './functions';

/** How a macvlan treats others on the same device; `bridge` where nothing is said. */
export const macvlanModes = ['bridge', 'private', 'vepa', 'passthru'] as const;
export type MacvlanMode = (typeof macvlanModes)[number];

/**
 * A macvlan that we created on a function for a container, so that detaching removes it. The host has one such record for
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
  /** The client that gets its address by DHCP; absent without DHCP. */
  dhcp?: DhcpClient;
  /** Interfaces of the host that were down before and were brought up for this macvlan. */
  broughtUp: string[];
}
