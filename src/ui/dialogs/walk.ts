import { back } from './dialogs';

/** One question of several. It returns the draft with the answer in it, or where to go instead. */
export interface Step<D> {
  /** False: the question doesn't arise. */
  when?: (draft: D) => boolean;
  ask(draft: D, place: Place): Promise<D | typeof back | undefined>;
}

/**
 * Where a question stands. How many there are isn't shown: that hangs on the answers to come, and a count that grows on the
 * way misleads.
 */
export interface Place {
  canGoBack: boolean;
}

/**
 * Asks one after the other, back and forth, until all are answered or one is cancelled. Going back keeps the answers: a
 * step offers what the draft already holds.
 */
export async function walk<D>(draft: D, steps: Step<D>[]): Promise<D | undefined> {
  const taken: number[] = [];
  let index = nextStep(steps, -1, draft);
  while (index < steps.length) {
    const answer = await (steps[index] as Step<D>).ask(draft, { canGoBack: taken.length > 0 });
    if (answer === undefined) return undefined;
    if (answer === back) {
      index = taken.pop() ?? index;
      continue;
    }
    draft = answer;
    taken.push(index);
    index = nextStep(steps, index, draft);
  }
  return draft;
}

function nextStep<D>(steps: Step<D>[], from: number, draft: D): number {
  let index = from + 1;
  while (index < steps.length && steps[index]?.when?.(draft) === false) index += 1;
  return index;
}
