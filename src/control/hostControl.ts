import type { Frame } from '../model/counters/reading';
import type { PciAddress } from '../model/functions';
import type { HostConfiguration } from '../model/configuration';
import type { TriggerFacts } from '../model/lasting/triggerFacts';
import type { ChangeRequest } from '../model/request';
import type { Finding, Purpose } from '../model/finding';
import type { Intent, KeptRun } from '../model/lasting/kept';
import type { JournalEntry, PastChange } from '../model/journal';
import type { Heard, Outcome, Progress } from '../model/outcome';
import type { EvidenceFile } from './evidenceFile';
import type { Plan, Refusal } from '../model/plan';
import type { HostSnapshot } from '../model/snapshot';
import type { PathResult } from '../model/wire/path';
import type { TerminalRequest } from '../execution/terminalProgram';
import type { Captured, CaptureHooks, CaptureRequest, PathRequest } from './wire';

export type { HostErrorPhase } from '../host/host';
export type { TerminalRequest, TerminalTexts } from '../execution/terminalProgram';
export type { Captured, CaptureHooks, CaptureRequest, PathRequest } from './wire';

export type Connection =
  | { state: 'connecting' }
  /** Everything readable is read; changes need root. */
  | { state: 'limited' }
  | { state: 'admin' }
  /** The last snapshot stays; no change is possible. */
  | { state: 'lost'; reason: string; since: string; detail: string }
  /** Not a Linux host. */
  | { state: 'unsupported'; reason: string };

/** Whether all changes on a host are heard as they happen; if not, why. `isStarting`: not known yet. */
export type Hearing = { live: true } | { live: false; why: string; isStarting?: true };

/** What to count. */
export interface Counting {
  /** All, if absent. */
  functions?: readonly PciAddress[];
  /** Seconds from one frame to the next. */
  interval: number;
}

/** A reading of the counters; or why there is none now, which is tried again. */
export type Counted = { frame: Frame } | { why: string };

/** Whether a host in that state can be read. */
export const isThere = ({ state }: { state: string }): boolean => state === 'limited' || state === 'admin';

export interface ChangeHooks {
  /**
   * Called once if something would be lost or there is a doubt, and for every fix; resolves to whether to continue. Not called otherwise.
   * Absent: such a change is refused with `not-confirmed`.
   */
  confirm?: (plan: Plan) => Promise<boolean>;
  /** Called with a plan that nobody is asked about, right before it runs. */
  onPlan?: (plan: Plan) => void;
  onProgress?: (progress: Progress) => void;
  /** Called with the progress of each plan while it runs: its steps, and their output. */
  onHeard?: (heard: Heard) => void;
  /**
   * Called when a protected interface of this machine was changed, where no new connection could show that the
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
  /** The last snapshot; undefined before the first. */
  readonly snapshot: HostSnapshot | undefined;
  /** Calls back after each new snapshot and each new connection state. Returns the function that stops it. */
  onDidChange(listener: () => void): () => void;
  /** Reads the host again: one round trip. Rejects with HostError if it can't; `connection` is then `lost`. */
  refresh(signal?: AbortSignal): Promise<HostSnapshot>;
  /**
   * Listens to changes on the host while it is connected, and reads them; `hearing` is called whenever it changes.
   * Returns the function that stops it. One at a time.
   */
  follow(hearing: (now: Hearing) => void): () => void;
  /**
   * Reads the counters of functions, wherever their devices are, for as long as the host is connected: one program there, which ends
   * with this. Returns the function that stops it.
   */
  count(what: Counting, tell: (counted: Counted) => void): () => void;
  /**
   * What a change would do, by the last snapshot. More than one plan: VFs that came back from dead containers are
   * restored first.
   */
  plan(request: ChangeRequest): Plan[] | Refusal;
  /** Plans by a fresh snapshot, asks, executes on the host, reads again and compares. */
  change(request: ChangeRequest, hooks?: ChangeHooks): Promise<Outcome>;
  /** Finishes or undoes what an interrupted change left, and restores VFs that came back from dead containers. */
  recover(how: 'finish' | 'undo', hooks?: ChangeHooks): Promise<Outcome[]>;
  /**
   * Becomes root there, by a password if needed, so that reads show everything and changes don't ask. Resolves to
   * undefined when it is root, else to why not.
   */
  elevate(signal?: AbortSignal): Promise<Refusal | undefined>;
  /** Whether it is root there through a password, which can be dropped. */
  readonly isElevated: boolean;
  /** Forgets the password once the current change has ended, and reads again, as the user, unless the host is lost. */
  drop(): Promise<void>;
  /** Runs the readiness rules on the live host. */
  diagnose(purpose?: Purpose, signal?: AbortSignal): Promise<Finding[]>;
  /** The evidence that the readiness rules look at, masked, as a file to share. */
  collect(signal?: AbortSignal): Promise<EvidenceFile>;
  /** Reads how the host boots and which modules it loads, from which fixes are planned. */
  configuration(signal?: AbortSignal): Promise<HostConfiguration>;
  /** Reads which triggers could keep a VF for containers there. */
  triggers(signal?: AbortSignal): Promise<TriggerFacts>;
  /** The host's list of changes, newest last; only root may read it. */
  journal(): Promise<JournalEntry[] | Refusal>;
  /** The same, with the plans that the host keeps. */
  history(): Promise<PastChange[] | Refusal>;
  /** The last runs of an attachment that lasts, from the host's journal, newest last; only root may read it. */
  keptRuns(intent: Intent): Promise<KeptRun[] | Refusal>;
  /** Ends the login, so that the next read logs in again. */
  hangUp(): Promise<void>;
  /** The argv that opens it on a terminal of this machine. */
  terminal(request: TerminalRequest): Promise<string[]>;
  /** Captures packets of an interface until the signal aborts; other work continues meanwhile. Rejects when the host is lost. */
  capture(request: CaptureRequest, hooks: CaptureHooks): Promise<Captured | Refusal>;
  /** What is wrong with the filter of a capture, according to the host's tcpdump. */
  filterProblem(request: CaptureRequest, signal?: AbortSignal): Promise<Refusal | undefined>;
  /** Checks whether packets get from an interface to others and back. */
  checkPath(request: PathRequest, signal?: AbortSignal): Promise<PathResult | Refusal>;
  /** The shell program that executes a plan. */
  script(plan: Plan): Promise<string>;
  dispose(): Promise<void>;
}
