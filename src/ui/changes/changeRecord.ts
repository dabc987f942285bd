import type { Heard, Outcome, StepState } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import { Signal } from '../signal';

/** How one step went, as far as it is known. */
export interface StepRecord {
  title: string;
  state: StepState | 'waiting' | 'unknown';
  /** It failed, whatever happened to it since. */
  failed: boolean;
  said: string[];
  /** When it began, by Date.now(). */
  began?: number;
  /** Milliseconds, without its undo. */
  took?: number;
}

/** How one plan went. */
export interface PlanRecord {
  /** The id of the change in the host's journal. */
  id: string;
  plan: Plan;
  steps: StepRecord[];
}

/** The output of a step is for people; endless output isn't. */
const mostLines = 100;

/** The progress of a change: its plans one after the other, and each of their steps. */
export class ChangeRecord {
  readonly changed = new Signal();
  plans: PlanRecord[] = [];
  /** When the first of them began; ISO 8601. */
  began: string | undefined;
  /** How it ended; undefined while it is made, and when it never began. */
  outcome: Outcome | undefined;
  /** Of changes that are made as one: each that succeeded, in order, with what was heard of it. */
  readonly made: { request: ChangeRequest; record: ChangeRecord }[] = [];

  hear(heard: Heard): void {
    this.began ??= new Date().toISOString();
    // One that never began was planned again.
    if (heard.kind === 'plan') this.plans = [...this.plans.filter(hasBegun), planRecord(heard)];
    const step = heard.kind === 'plan' ? undefined : this.plans.at(-1)?.steps[heard.index];
    if (heard.kind === 'step' && step) move(step, heard.state);
    if (heard.kind === 'said' && step && step.said.length < mostLines) step.said.push(heard.line);
    this.changed.fire();
  }

  end(outcome: Outcome): void {
    this.outcome = outcome;
    for (const step of this.plans.at(-1)?.steps ?? []) step.state = (ends[outcome.status] ?? same)(step);
    this.changed.fire();
  }
}

const hasBegun = ({ steps }: PlanRecord) => steps.some(({ state }) => state !== 'waiting');

const same = ({ state }: StepRecord) => state;
const isUnderWay = ({ state }: StepRecord) => state === 'running' || state === 'undoing';

/** The state of a step whose end wasn't heard, derived from how the whole ended: the connection may have been lost. */
const ends: Partial<Record<Outcome['status'], (step: StepRecord) => StepRecord['state']>> = {
  done: () => 'done',
  mismatch: () => 'done',
  undone: (step) => (step.state === 'waiting' ? step.state : 'undone'),
  stuck: (step) => (isUnderWay(step) ? 'unknown' : step.state),
  disconnected: (step) => (isUnderWay(step) || step.state === 'waiting' ? 'unknown' : step.state),
};

const planRecord = ({ id, plan }: { id: string; plan: Plan }): PlanRecord => ({
  id,
  plan,
  steps: plan.steps.map(({ title }) => ({ title, state: 'waiting', failed: false, said: [] })),
});

function move(step: StepRecord, state: StepState): void {
  const now = Date.now();
  if (state === 'running') step.began = now;
  if (step.state === 'running' && step.began !== undefined) step.took = now - step.began;
  step.failed ||= state === 'failed';
  step.state = state;
}
