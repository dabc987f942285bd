import type { Advice } from './advice';
import type { Finding } from './finding';
import type { HostSnapshot } from './snapshot';
import type { Plan, Refusal } from './plan';

/** How a change ended. `snapshot` is the host as it was read afterwards. */
export type Outcome =
  | { status: 'done'; plan: Plan; snapshot: HostSnapshot }
  /** It ran, but the host isn't as promised: `differences` says where. */
  | { status: 'mismatch'; plan: Plan; snapshot: HostSnapshot; differences: string[]; next?: Advice }
  /** Nothing was changed. */
  | { status: 'refused'; refusal: Refusal }
  /** A step failed, or the change was cancelled; everything was undone. */
  | { status: 'undone'; plan: Plan; snapshot: HostSnapshot; failure: StepFailure }
  /** A step failed, and so did undoing: `stuck` lists what is left. */
  | { status: 'stuck'; plan: Plan; snapshot: HostSnapshot; failure: StepFailure; stuck: StuckStep[] }
  /** An interrupted change was resolved: it is finished (`done`) or undone now. */
  | { status: 'recovered'; title: string; wanted: 'finish' | 'undo'; ended: 'done' | 'undone' }
  /** The connection broke while it ran; the host finishes or undoes it by itself, and its journal says which. */
  | { status: 'disconnected'; plan: Plan; reason: string };

export interface StepFailure {
  /** Title of the step, or `cancelled`. */
  step: string;
  /** The exit status; null for a cancel. */
  exitCode: number | null;
  /** What the command said. */
  message: string;
  /** What the kernel logged since the step began; absent where nobody looked. */
  log?: string[];
  /** Why it failed, worst first, by the readiness rules; absent if they weren't run. */
  findings?: Finding[];
}

export interface StuckStep {
  step: string;
  message: string;
  /** What to run once the cause is fixed. */
  command: string;
  next: Advice;
}

export type Progress =
  | { kind: 'step'; index: number; count: number; title: string }
  | { kind: 'undo'; index: number; count: number; title: string }
  | { kind: 'note'; text: string; next?: Advice[] };

/** The progress of a plan while the host executes it, as the change of that id. */
export type Heard =
  | { kind: 'plan'; id: string; plan: Plan }
  | { kind: 'step'; index: number; state: StepState }
  /** The output of a step, or of the attempt to undo it. */
  | { kind: 'said'; index: number; line: string };

/** `undoing` and `not-undone`: the attempt to undo it. */
export type StepState = 'running' | 'done' | 'failed' | 'undoing' | 'undone' | 'not-undone';
