import type { Advice } from './advice';
import type { PciAddress } from './functions';
import type { EngineName } from './container';
import type { Intent } from './lasting/kept';
import type { MadeIntent } from './lasting/made';
import type { ChangeRequest } from './request';
import type { Argv } from './verbs';
import type { VfSettings } from './vfAttributes/table';

export type { Argv } from './verbs';

/** One step of a change. `undo` must put back what `apply` changes, even if `apply` stopped halfway. */
export interface Step {
  title: string;
  apply: Argv;
  undo: Argv | 'none';
  /** Seconds after which the step counts as failed. */
  timeout: number;
  /** Which of the plan's `spaces` it works in; absent where it works in none, or the plan has one namespace for all. */
  space?: number;
  /** In a plan about several functions: the one that it is about, without which there is nothing left to undo. */
  device?: PciAddress;
}

/** Must hold on the host, under the locks, right before the first step. */
export interface Precondition {
  /** What is wrong when it doesn't hold, one sentence. */
  otherwise: string;
  check: Argv;
}

/** A network namespace that the executor opens once and uses through a file descriptor. */
export interface NamespaceRef {
  inode: number;
  /** `/proc/PID/ns/net` or `/run/netns/NAME`. */
  path: string;
  /** Checked after the namespace was opened: the process still belongs to this container; `user`: whose rootless Podman runs it. */
  owner: { pid: number; containerId: string; engine: EngineName; user?: string } | null;
}

/** The same where only the process is known, as to an ordinary user: then its inode is `null`. */
export type NamespaceWay = Omit<NamespaceRef, 'inode'> & { inode: number | null };

/** `shared` on a PF and `exclusive` on a VF for one VF's changes; `exclusive` on a PF for its VF count. */
export interface Lock {
  pci: PciAddress;
  mode: 'shared' | 'exclusive';
}

/** What the snapshot after the change must show. `null` parts aren't checked. */
export type PlanPromise =
  | { kind: 'vf-count'; pf: PciAddress; count: number }
  | {
      kind: 'vf-inside';
      vf: PciAddress;
      netnsInode: number;
      name: string;
      addresses: string[];
      mac: string | null;
      mtu: number | null;
      vlan: number | null;
    }
  | {
      kind: 'vf-settings';
      vf: PciAddress;
      settings: Partial<VfSettings>;
      mtu: number | null;
      /** `none`: no driver. */
      driver: string | null;
    }
  | { kind: 'macvlan'; key: string; there: boolean; addresses: string[] }
  | { kind: 'autoprobe'; pf: PciAddress; on: boolean }
  | { kind: 'huge-pages'; node: number | null; kb: number; count: number }
  | { kind: 'kept'; id: string; there: boolean }
  | { kind: 'vf-on-host'; vf: PciAddress; name: string; mac: string | null; up: boolean; mtu: number | null };

/**
 * A change as data: what is previewed, exported, executed and tested is this one value.
 * Steps run in order; on failure their undos run in reverse, the failed step's included.
 */
export interface Plan {
  kind:
    | 'set-vfs'
    | 'attach'
    | 'detach'
    | 'restore'
    | 'give-name-back'
    | 'configure'
    | 'prepare'
    | 'undo'
    | 'fix'
    | 'undo-fix'
    | 'keep'
    | 'stop-keeping'
    | 'apply';
  title: string;
  host: string;
  /** Shown before it runs: what the user might not expect. */
  notes: string[];
  /** Why it will probably fail, or be regretted, judging by the host; worth a question before it runs. */
  doubts?: string[];
  /** What can be done about the notes and doubts. */
  advice?: Advice[];
  /** What would be lost; not empty means that a confirmation is needed. */
  losses: string[];
  /** The verb on the button that confirms: `Remove 7 VFs`. */
  verb: string;
  locks: Lock[];
  namespace: NamespaceRef | null;
  /** The namespace that a VF is moved from; steps that begin with `at_source` work in it. */
  from?: NamespaceRef | null;
  /** Where its steps work in more than one: each is opened for the steps that name it. */
  spaces?: NamespaceRef[];
  preconditions: Precondition[];
  steps: Step[];
  promises: PlanPromise[];
  /** What was asked for, by identities instead of names. Absent where nobody asked: a VF that came back is restored unasked. */
  request?: ChangeRequest;
  /** The state, at planning time, of everything that the plan makes promises about. Absent: it can't be undone later. */
  before?: PlanPromise[];
  /**
   * For a change of a protected interface: the host undoes it on its own after this many seconds, unless a
   * new connection confirms it.
   */
  guardSeconds?: number;
  /** Id of the finished change that this one undoes. */
  undoes?: string;
  /** Files of the host that it changes, to be shown as a difference. */
  files?: FileChange[];
  /** The program that it leaves on the host; see `install_kept`. */
  keeps?: KeptProgram;
  /** The same for VFs after a boot; see `install_made`. */
  makes?: MadeProgram;
  /** The attachments that last until then, and no longer. */
  ends?: Intent[];
  /** It changes files on disk: a reboot in the middle undoes nothing, so `recover` has to. */
  lasting?: true;
}

/** What the program of an intent does, planned from the host as it was: the rest is resolved when it runs (late.ts). */
export interface KeptProgram {
  intent: Intent;
  attach: Plan;
  giveBack: Plan;
  /** Whether its first run attaches the VF: the container runs, and doesn't have it yet. */
  attachesNow: boolean;
}

/** What the program that creates VFs after a boot does: their number first, then the settings of each that has any. */
export interface MadeProgram {
  intent: MadeIntent;
  make: Plan;
  settle: { index: number; plan: Plan }[];
}

/** How long a change of a protected interface lasts when the host can't be reached by a fresh connection, in seconds. */
export const guardSeconds = 60;

/** A file of the host, as it is and as it will be; `null` if there is none. */
export interface FileChange {
  path: string;
  before: string | null;
  after: string | null;
}

/** Whether it needs a confirmation before it runs. A number of VFs that may not fit is just tried: the kernel refuses it, and nothing is lost. */
export const asksFirst = ({ kind, losses, doubts = [] }: Plan): boolean =>
  losses.length > 0 || (doubts.length > 0 && kind !== 'set-vfs') || asksAlways.includes(kind);
const asksAlways: Plan['kind'][] = ['fix', 'undo-fix', 'keep', 'stop-keeping'];

/** Why a change isn't possible; nothing was changed. */
export interface Refusal {
  refused: true;
  code: RefusalCode;
  /** One sentence for the person who asked: what, and why. */
  reason: string;
  /** What next. */
  next?: Advice;
  /** What the host or its user lacks; how to get it differs between distributions. */
  lacks?: Lack;
}

export type Lack = 'sudo' | 'sudoers' | 'dhcp-client' | 'tcpdump';

export type RefusalCode =
  | 'unknown-function' | 'unknown-container' | 'ambiguous' | 'not-running' | 'host-network' | 'in-use' | 'protected'
  | 'limit' | 'no-sriov' | 'name-taken' | 'no-netdev' | 'engine-unreachable' | 'invalid' | 'nothing-to-do' | 'stale'
  | 'unknown-state' | 'not-confirmed' | 'pending-change' | 'not-permitted' | 'no-password' | 'unwritable'; // prettier-ignore

export const refuse = (code: RefusalCode, reason: string, next?: Advice): Refusal => ({
  ...{ refused: true, code, reason },
  ...(next ? { next } : {}),
});
export const isRefusal = (value: object): value is Refusal => 'refused' in value;
