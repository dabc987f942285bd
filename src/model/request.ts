import type { EngineName } from './container';

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
  | (Common & { kind: 'detach'; vf: string })
  /** Takes back the last finished change. */
  | (Common & { kind: 'undo' });

export interface AttachRequest {
  kind: 'attach';
  /** PCI address, `PF:INDEX`, or interface name. */
  vf: string;
  /** Name or id prefix. */
  container: string;
  engine?: EngineName;
  /** Name inside; default: the name on the host. */
  name?: string;
  /** CIDR. */
  addresses?: string[];
  gateway?: string;
  mac?: string;
  /** 1–4094. */
  vlan?: number;
  mtu?: number;
}
