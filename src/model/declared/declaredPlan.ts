import type { PciAddress } from '../functions';
import type { ChangeRequest } from '../request';
import type { Path } from './declared';

/** The order in which a host is made as declared: VFs that must go are detached first. */
export const stages = ['detach', 'count', 'driver', 'settings', 'attach'] as const;
export type Stage = (typeof stages)[number];

/** One thing that isn't as declared. */
export interface Difference {
  stage: Stage;
  act: 'create' | 'change' | 'destroy';
  /** Of the VF or adapter; `null` if the VF doesn't exist yet. */
  pci: PciAddress | null;
  /** `VF 0 of enp1s0`. */
  subject: string;
  /** `VLAN`, `number of VFs`, `attachment`. */
  what: string;
  /** As text; `null`: there is nothing. */
  from: string | null;
  to: string | null;
}

/** One thing that is changed, for some differences or on the way to them. */
export interface Part {
  stage: Stage;
  title: string;
  request: ChangeRequest;
  differences: Difference[];
  /** Who loses what. */
  losses: string[];
  /** What the user might not expect, or regret. */
  doubts: string[];
  /** Something before it decides how it is made. */
  waits: boolean;
}

/** Why it can't be done, and what in the file asks for it. */
export interface Block {
  path: Path;
  text: string;
}

/** From a host to what is declared for it. */
export interface DeclaredPlan {
  host: string;
  differences: Difference[];
  /** In order; empty if something blocks. */
  parts: Part[];
  /** Why it can't be done as it is. */
  blocks: string[];
  /** The same, each with what in the file asks for it. */
  places: Block[];
  /** What is left alone, and why. */
  notes: string[];
}

/** Since when something differs, and by whom. `null`: unknown. */
export interface Origin {
  at: string;
  by: string;
  title: string;
}
