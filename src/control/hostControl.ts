import type { HostConfiguration } from '../model/configuration';
import type { ChangeRequest } from '../model/request';
import type { Finding, Purpose } from '../model/finding';
import type { JournalEntry, PastChange } from '../model/journal';
import type { Heard, Outcome, Progress } from '../model/outcome';
import type { EvidenceFile } from './evidenceFile';
import type { Plan, Refusal } from '../model/plan';
import type { HostSnapshot } from '../model/snapshot';
import type { TerminalRequest } from '../execution/terminalProgram';

export type { HostErrorPhase } from '../host/host';
export type { TerminalRequest, TerminalTexts } from '../execution/terminalProgram';

export type Connection =
  | { state: 'connecting' }
  /** Everything readable is read; changes need root. */
  | { state: 'limited' }
  | { state: 'admin' }
  /** The last snapshot stays; no change is possible. */
  | { state: 'lost'; reason: string; since: string; detail: string }
  /** Not a Linux host. */
  | { state: 'unsupported'; reason: string };

/** Whether all changes on a host are heard as they happen; if not, why. `isStarting`: that is still to be found out. */
export type Hearing = { live: true } | { live: false; why: string; isStarting?: true };

/** Whether a host in that state can be read. */
export const isThere = ({ state }: { state: string }): boolean => state === 'limited' || state === 'admin';

export interface ChangeHooks {
  /**
   * Called once when something would be lost or there is a doubt, and for every fix; resolves to whether to go on. Not called for others.
   * Absent: such a change is refused with `not-confirmed`.
   */
  confirm?: (plan: Plan) => Promise<boolean>;
  /** Called with a plan that nobody is asked about, right before it runs. */
  onPlan?: (plan: Plan) => void;
  onProgress?: (progress: Progress) => void;
  /** Called with all that is heard of each plan while it runs: its steps, and what they say. */
  onHeard?: (heard: Heard) => void;
  /**
   * Called when a protected interface of this very machine was changed, where no new connection could show that the
   * user is still connected: resolves to whether they are. Without an answer in time, the host undoes the change.
   */
  stillThere?: () => Promise<boolean>;
  /** Aborting stops at the next safe point and undoes what was done. */
  signal?: AbortSignal;
}

/** What we know about one host now, and the only thing that changes it. Changes and reads queue up, one at a time. */
export interface HostControl {
  readonly id: string;
  readonly connection: Connection;
  /** The last snapshot that was read; undefined before the first. */
  readonly snapshot: HostSnapshot | undefined;
  /** Calls back after each new snapshot and each new connection state. Returns the function that stops it. */
  onDidChange(listener: () => void): () => void;
  /** Reads the host again: one round trip. Rejects with HostError when it can't; `connection` says `lost` then. */
  refresh(signal?: AbortSignal): Promise<HostSnapshot>;
  /**
   * Listens to what changes on the host while it is connected, and looks at that; `hearing` is called whenever it is another one.
   * Returns the function that stops it. One at a time.
   */
  follow(hearing: (now: Hearing) => void): () => void;
  /**
   * What a change would do, by the last snapshot. More than one plan: VFs that came back from dead containers are put
   * right first.
   */
  plan(request: ChangeRequest): Plan[] | Refusal;
  /** Plans by a fresh snapshot, asks, executes on the host, reads again and compares. */
  change(request: ChangeRequest, hooks?: ChangeHooks): Promise<Outcome>;
  /** Finishes or undoes what an interrupted change left, and restores VFs that came back from dead containers. */
  recover(how: 'finish' | 'undo', hooks?: ChangeHooks): Promise<Outcome[]>;
  /**
   * Becomes root there, by a password where one is needed, so that reads show everything and changes don't ask. Resolves to
   * undefined when it is root, else to why not.
   */
  elevate(signal?: AbortSignal): Promise<Refusal | undefined>;
  /** Whether it is root there by a password, which can be dropped. */
  readonly isElevated: boolean;
  /** Forgets the password when the change that is being made has ended, and reads again, as the user, unless the host is lost. */
  drop(): Promise<void>;
  /** Runs the readiness rules on the live host. */
  diagnose(purpose?: Purpose, signal?: AbortSignal): Promise<Finding[]>;
  /** What the readiness rules look at, masked, as a file to share. */
  collect(signal?: AbortSignal): Promise<EvidenceFile>;
  /** Reads how the host boots and which modules it loads: what a fix is planned from. */
  configuration(signal?: AbortSignal): Promise<HostConfiguration>;
  /** The host's own list of changes, newest last; only root may read it. */
  journal(): Promise<JournalEntry[] | Refusal>;
  /** The same, with the plans that the host keeps. */
  history(): Promise<PastChange[] | Refusal>;
  /** Ends the login, so that the next read logs in again. */
  hangUp(): Promise<void>;
  /** The argv that opens what was asked for on a terminal of this machine. */
  terminal(request: TerminalRequest): Promise<string[]>;
  /** The shell program that a plan is executed as. */
  script(plan: Plan): Promise<string>;
  dispose(): Promise<void>;
}
