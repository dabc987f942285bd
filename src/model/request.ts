import type { HostConfiguration } from './configuration';
import type { EngineName } from './container';
import type { Declared } from './declared/declared';
import type { FixChange } from './finding';
import type { TriggerFacts } from './lasting/triggerFacts';
import type { MacvlanMode } from './macvlan';
import type { WantedPages } from './userspace/hugePages';
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
      lasting?: boolean;
    })
  | (Common & AttachRequest)
  | (Common & ConfigureRequest)
  | (Common & PrepareRequest)
  | (Common & {
      kind: 'set-autoprobe';
      /** PCI address or interface name. */
      pf: string;
      /** Whether VFs to come get a driver (`sriov_drivers_autoprobe`). */
      on: boolean;
      lasting?: boolean;
    })
  | (Common & {
      kind: 'detach';
      vf: string;
      /** Whose macvlan, where several containers have one on the same function. */
      container?: string;
      /** It is kept for a container, and what ends that is made before. */
      afterKeeping?: true;
    })
  /** It gets the name that udev would give it; see `nameByUdev`. */
  | (Common & { kind: 'give-name-back'; vf: string })
  /** Takes back the last finished change. */
  | (Common & {
      kind: 'undo';
      /** Its id, where no other one is meant. */
      change?: string;
    })
  | (Common & KeepRequest)
  | (Common & StopKeepingRequest)
  | (Common & FixRequest)
  | (Common & UndoFixRequest)
  | (Common & ApplyRequest);

/** All that makes the host what is declared for it, as one change; without what lasts. */
export interface ApplyRequest {
  kind: 'apply';
  declared: Declared;
}

/** What attaches a VF that is kept for a container: a unit that listens to the engine, or the engine's runtime, by a CDI device. */
export const triggers = ['watcher', 'cdi'] as const;
export type Trigger = (typeof triggers)[number];

/** An attachment that lasts: the container, given as `parseMeant` has it, need not exist yet. */
export interface KeepRequest extends Omit<AttachRequest, 'kind'> {
  kind: 'keep';
  via?: Trigger;
  /** What the host's engines can, as just read: what isn't the watcher needs it. `as before`: it was kept so until now. */
  able?: TriggerFacts | 'as before';
}

export interface StopKeepingRequest {
  kind: 'stop-keeping';
  /** Ids of intents; all of them where it is absent. */
  ids?: string[];
  /** What is attached now is detached next, as a change of its own. */
  thenDetach?: true;
}

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
  /** Whether it is to have that after each boot, too; so of the others with `lasting`. */
  lasting?: boolean;
  /** PCI address, `PF:INDEX`, or interface name. */
  vf: string;
}

/** VFs of one adapter for programs that drive them themselves, such as DPDK: bound, given away, and with memory. */
export interface PrepareRequest extends Omit<Asked, 'driver' | 'mtu'> {
  kind: 'prepare';
  /** Each as in `ConfigureRequest`. */
  vfs: string[];
  /** At least so many on the VFs' NUMA nodes. */
  hugePages?: WantedPages;
  /** Who may use them besides root, as `chown` takes it. */
  owner?: string;
  lasting?: boolean;
}

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
