import type { PciAddress } from './functions';

/** What can be done next, as data: each front end has its own texts. */
export type Advice =
  /** A change was interrupted. */
  | { do: 'recover' }
  /** It can't be finished. */
  | { do: 'undo-instead' }
  /** A function came back from a container that ended, and isn't as it was. */
  | { do: 'restore' }
  | { do: 'detach-or-move' }
  /** More than one container has a macvlan on it. */
  | { do: 'say-whose'; function: string }
  /** The readiness checks know why, or how. */
  | { do: 'diagnose'; about: 'driver' | 'iommu' | 'room' }
  | { do: 'ask-for-fewer'; most: number }
  | { do: 'choose-name' }
  | { do: 'see-journal' }
  | { do: 'undo-last' }
  /** It is protected. */
  | { do: 'force'; name: string }
  | { do: 'create-vfs'; pf: string }
  /** More than one container fits. */
  | { do: 'say-which' }
  /** It comes back from its container under another name. */
  | { do: 'give-name-back'; name: string }
  /** A VF brings along what its adapter enforces for it: `brings`, as texts. */
  | { do: 'clear-first'; brings: string[] }
  /** It is kept for a container; `id`: of that intent. */
  | { do: 'stop-keeping'; id: string }
  /** A VF's adapter drops the frames of a macvlan on it. */
  | { do: 'let-macs-through'; vf: PciAddress; label: string };

/** One front end's sentence for it. */
export type AdviceText = (advice: Advice) => string;
