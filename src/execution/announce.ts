import type { Heard, Progress, StepState } from '../model/outcome';
import type { Plan } from '../model/plan';

interface Listeners {
  onProgress?: (progress: Progress) => void;
  onHeard?: (heard: Heard) => void;
}

/** Tells, line by line, what the executor says of a plan's steps; see executor.sh for the events. */
export function announcing({ steps }: Plan, { onProgress, onHeard }: Listeners): (line: string) => void {
  /** The step that is under way, or that said something last. */
  let at: number | undefined;
  let isRunning = false;
  /** What comes after its end isn't said by the plan's program. */
  let hasEnded = false;
  const become = (index: number, state: StepState) => {
    isRunning = state === 'running';
    at = index;
    onHeard?.({ kind: 'step', index, state });
  };
  return (line) => {
    if (hasEnded) return;
    if (line.startsWith('| ')) {
      if (at !== undefined) onHeard?.({ kind: 'said', index: at, line: line.slice(2) });
      return;
    }
    const [, event = '', number] = /^@ (\S+)(?: (\d+))?/.exec(line) ?? [];
    if (event === '') return;
    // Whatever comes after a step, but its failure, says that it is done.
    if (isRunning && at !== undefined && event !== 'failed') become(at, 'done');
    hasEnded = event === 'outcome';
    const index = Number(number) - 1;
    const state = states[event];
    if (state && steps[index]) become(index, state);
    // What follows is the kernel's, a lock's holder's or a precondition's.
    else at = undefined;
    const title = steps[index]?.title;
    if (title && (event === 'begin' || event === 'undo'))
      onProgress?.({ kind: event === 'undo' ? 'undo' : 'step', index, count: steps.length, title });
  };
}

const states: Record<string, StepState | undefined> = {
  begin: 'running',
  failed: 'failed',
  undo: 'undoing',
  undone: 'undone',
  stuck: 'not-undone',
};
