import type { EngineName } from '../../model/container';
import type { PciAddress } from '../../model/functions';
import type { ToldLater, Tooltip } from './facts';

/** What a row stands for, as identities: the snapshot is asked for the rest when it is needed. */
export type Subject =
  | { kind: 'pf'; pci: PciAddress }
  | { kind: 'vf'; pci: PciAddress }
  | { kind: 'container'; id: string; engine: EngineName }
  | { kind: 'attachment'; vf: PciAddress; container: string }
  | { kind: 'macvlan'; on: PciAddress; container: string }
  /** Attachments that last, by the ids of their intents. */
  | { kind: 'kept'; ids: string[] }
  | { kind: 'check'; id: string; about: string }
  | { kind: 'host'; id: string }
  | { kind: 'other' };

/** A codicon and the theme colour it takes. */
export interface Icon {
  id: string;
  color?: string;
}

/** One row of a tree, as data: rows of two snapshots can be compared. */
export interface Row {
  /** Stays the same as long as it is the same thing: never a name, never a state. */
  id: string;
  label: string;
  description: string;
  icon: Icon;
  /** The tokens that menus match. */
  context: string;
  /** The whole row as a sentence, for a screen reader. */
  spoken: string;
  /** There may be hundreds of rows, and nobody looks at most of them. */
  tooltip: Tooltip | ToldLater;
  subject: Subject;
  /** The command that a click or Enter runs on it. */
  opens?: string;
  /** Whether it shows its children when it first appears. */
  expanded?: boolean;
  children: Row[];
}
