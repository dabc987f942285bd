import type { EngineName } from '../container';
import type { MacvlanMode } from '../macvlan';
import type { WantedRoute } from '../values';

/** The content of `sriov.yaml`: what a host should be. Anything missing is not managed; an empty list means none. */
export interface Declared {
  version: 1;
  /** Name of the only host that the file is for. */
  host?: string;
  /** Whether VFs are taken from containers that the file doesn't mention; absent: never. */
  onHolders?: 'detach';
  adapters?: DeclaredAdapter[];
  /** All attachments to the containers that are mentioned; `[]`: no VF of these adapters is attached. */
  attachments?: DeclaredAttachment[];
}

/** Selects adapters: those that match all of it. */
export interface NicSelector {
  /** PCI addresses. */
  rootDevices?: string[];
  pfNames?: string[];
  /** As in `lspci -n`: `8086`. */
  vendor?: string;
  deviceID?: string;
}

export interface DeclaredAdapter {
  nicSelector: NicSelector;
  numVfs?: number;
  eSwitchMode?: 'legacy' | 'switchdev';
  vfGroups?: VfGroup[];
}

/** The settings of several VFs of an adapter. */
export interface VfGroup {
  /** `3`, or `0-3`. */
  vfRange: string;
  /** The name by which attachments refer to it. */
  resourceName?: string;
  deviceType?: 'netdevice' | 'vfio-pci';
  mtu?: number;
  /** 0: none. */
  vlan?: number;
  vlanQoS?: number;
  vlanProto?: '802.1q' | '802.1ad';
  spoofChk?: boolean;
  trust?: boolean;
  linkState?: 'auto' | 'enable' | 'disable';
  /** Mbit/s; 0: no limit. */
  minTxRate?: number;
  maxTxRate?: number;
}

/** Which container: its name, the service of a compose project, or a label. */
export interface DeclaredContainer {
  engine?: EngineName;
  name?: string;
  compose?: { project: string; service: string };
  /** `KEY=VALUE`. */
  label?: string;
}

export interface DeclaredAttachment {
  container: DeclaredContainer;
  /** PCI address, `PF#INDEX`, with mode `pf` the adapter, with `macvlan` what it is on; or any free VF of a group. */
  vf: string | { resourceName: string };
  mode?: 'vf' | 'pf' | 'macvlan';
  macvlanMode?: MacvlanMode;
  interface?: { name?: string; addresses?: string[]; mtu?: number; hardwareAddr?: string };
  routes?: WantedRoute[];
  dhcp?: boolean;
  /** Whether it lasts: whenever the container runs. */
  lasting?: boolean;
}

/** Where in a file: the keys, and the places in lists, that lead there. */
export type Path = readonly (string | number)[];

/** What is wrong with a file, and where. */
export interface FileProblem {
  line: number;
  column: number;
  text: string;
}

/** `0-3` as numbers. */
export function rangeOf(vfRange: string): { from: number; to: number } {
  const [from = '0', to = from] = vfRange.split('-');
  return { from: Number(from), to: Number(to) };
}

/** As a person writes it and `attach` takes it: `fw`, `shop/web`, `app=fw`. */
export const containerText = ({ name, compose, label }: DeclaredContainer): string =>
  name ?? (compose ? `${compose.project}/${compose.service}` : (label ?? ''));

/** A route to everything. */
export const isDefault = ({ destination }: WantedRoute): boolean => /^(0\.0\.0\.0|::)\/0$/.test(destination);
