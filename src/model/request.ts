import type { HostConfiguration } from './configuration';
import type { EngineName } from './container';
import type { FixChange } from './finding';
import type { WantedRoute } from './values';
import type { Asked } from './vfAttributes/table';

interface Common {
  /** Name of a protected interface that may be interrupted all the same (invariant 8). */
  forceInterface?: string;
}

/** What a user can ask for. Functions and containers are named as the user named them; planners resolve them. */
export type ChangeRequest =
  | (Common & {
      kind: 'set-vfs';
      /** PCI address or interface name. */
      pf: string;
      count: number;
    })
  | (Common & AttachRequest)
  | (Common & ConfigureRequest)
  | (Common & {
      kind: 'set-autoprobe';
      /** PCI address or interface name. */
      pf: string;
      /** Whether VFs to come get a driver (`sriov_drivers_autoprobe`). */
      on: boolean;
    })
  | (Common & {
      kind: 'detach';
      vf: string;
      /** Whose macvlan, where several containers have one on the same function. */
      container?: string;
    })
  /** Takes back the last finished change. */
  | (Common & {
      kind: 'undo';
      /** Its id, where no other one is meant. */
      change?: string;
    })
  | (Common & FixRequest)
  | (Common & UndoFixRequest);

export interface FixRequest {
  kind: 'fix';
  /** Id of the finding that is fixed. */
  finding: string;
  /** What is wrong, as a sentence. */
  title: string;
  change: FixChange;
  /** The host's files as just read. */
  configuration?: HostConfiguration;
}

export interface UndoFixRequest {
  kind: 'undo-fix';
  /** Id of the finding that was fixed. */
  finding: string;
  configuration?: HostConfiguration;
}

/** What a VF is to have; what isn't there stays as it is. */
export interface ConfigureRequest extends Asked {
  kind: 'configure';
  /** PCI address, `PF:INDEX`, or interface name. */
  vf: string;
}

/** How a macvlan treats others on the same device; `bridge` where nothing is said. */
export const macvlanModes = ['bridge', 'private', 'vepa', 'passthru'] as const;
export type MacvlanMode = (typeof macvlanModes)[number];

/** What a container gets: a VF, a whole PF, or a macvlan on either. */
export const attachModes = ['vf', 'pf', 'macvlan'] as const;

export interface AttachRequest {
  kind: 'attach';
  /** PCI address, `PF:INDEX`, or interface name. */
  vf: string;
  /** Name or id prefix. */
  container: string;
  engine?: EngineName;
  /** Default: the VF. */
  mode?: (typeof attachModes)[number];
  macvlanMode?: MacvlanMode;
  /** Whether it may be taken from the container that has it. */
  move?: boolean;
  /** Name inside; default: the name on the host. */
  name?: string;
  /** CIDR. */
  addresses?: string[];
  /** Whether it gets an IPv4 address by DHCP. */
  dhcp?: boolean;
  gateway?: string;
  /** Further routes through it. */
  routes?: WantedRoute[];
  mac?: string;
  /** 1–4094; 0 takes it out of the VLAN that it is in. */
  vlan?: number;
  /** Whether the VF may change its MAC and receive all traffic. */
  trust?: boolean;
  /** Whether what the PF still enforces for the VF is taken off first: its VLAN, MAC, trust … */
  clear?: boolean;
  mtu?: number;
}
