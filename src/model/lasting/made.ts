import type { PciAddress } from '../functions';
import type { WantedPages } from '../userspace/hugePages';
import type { Asked } from '../vfAttributes/table';
import type { KeptResult } from './kept';

/** The settings of one of the VFs after each boot. */
export interface MadeVf {
  index: number;
  vf: PciAddress;
  settings: Asked;
  /** Who may use its VFIO group; absent where root alone may. */
  owner?: string;
  /** At least so many near it; absent where nobody asked. */
  hugePages?: WantedPages;
}

/** “After each boot, this adapter has so many VFs, with these settings.” One file on the host each, root's and readable. */
export interface MadeIntent {
  version: 1;
  id: string;
  pf: PciAddress;
  /** Its permanent MAC; checked before anything is done: another card may be in its place. */
  pfMac: string | null;
  /** Name of its network device at the time of the request. */
  pfName: string;
  count: number;
  /** Absent if VFs get their drivers, which is the default. */
  autoprobe?: false;
  vfs: MadeVf[];
  madeAt: string;
}

/** How the last run of its program ended. */
export type MadeResult = Omit<KeptResult, 'state'> & { state: 'made' | 'failed' };

/** An intent and its current state. */
export interface Made {
  intent: MadeIntent;
  /** `null` if it has not run since the host booted, or only root may read it. */
  result: MadeResult | null;
  /** Whether the boot calls its program. */
  enabled: boolean;
}

/** A file of the host by which something else creates VFs at boot, and its lines about that. */
export interface VfMaker {
  path: string;
  lines: string[];
}

/** The unit by which the boot makes them. */
export const bootUnit = (id: string): string => `sriov-workbench-vfs@${id}.service`;

export const vfsText = (count: number): string => `${count} ${count === 1 ? 'VF' : 'VFs'}`;
