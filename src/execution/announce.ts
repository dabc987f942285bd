import type { Heard, Progress, StepState } from '../model/outcome';
import type { Plan } from '../model/plan';

interface Listeners {
  onProgress?: (progress: Progress) => void;
  onHeard?: (heard: Heard) => void;
}

/** Reports the progress of a plan's steps from the executor's output, line by line; see executor.sh for the events. */
export function announcing({ steps }: Plan, { onProgress, onHeard }: Listeners): (line: string) => void {
  /** The current step, or the last one with output. */
  let at: number | undefined;
  let isRunning = false;
  /** Output after its end isn't from the plan's program. */
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
    // Whatever follows a step, except its failure, means that it is done.
    if (isRunning && at !== undefined && event !== 'failed') become(at, 'done');
    hasEnded = event === 'outcome';
    const index = Number(number) - 1;
    const state = states[event];
    if (state && steps[index]) become(index, state);
    // What follows belongs to the kernel, a lock's holder or a precondition.
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
