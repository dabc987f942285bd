import type { Touched } from '../inventory/readSnapshot';

/** Milliseconds that a read waits for more events after the first; a host reports what happens within half of that once. */
const together = 100;
/** How many reads may follow each other at once; then the host rests between two for twice the time of the last one, 5 s at most. */
const inARow = 3;
const longestRest = 5000;

/**
 * Gathers what was touched and has it read soon after, in one read; whatever arrives while one waits or runs makes one more. `look` is
 * called when the queue reaches it, possibly after a change, and covers everything that happened until then.
 */
export function gather(
  enqueue: (task: () => Promise<void>) => Promise<void>,
  look: (touched: Touched) => Promise<void>,
): { add: (touched: Touched) => void; clear: () => void; isWaiting: () => boolean } {
  let waiting: Touched | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let count = 0;
  let took = 0;

  const lookNow = async () => {
    const touched = waiting;
    waiting = undefined;
    if (!touched) return;
    const began = Date.now();
    await look(touched);
    took = Date.now() - began;
  };
  const start = () => {
    timer = undefined;
    isBusy = true;
    const done = () => {
      isBusy = false;
      count = waiting ? count + 1 : 0;
      arm();
    };
    enqueue(lookNow).then(done, done);
  };
  const arm = () => {
    if (timer || isBusy || !waiting) return;
    timer = setTimeout(start, count < inARow ? together : Math.min(longestRest, together + 2 * took));
  };

  return {
    add(touched) {
      waiting = waiting ? both(waiting, touched) : touched;
      arm();
    },
    isWaiting: () => waiting !== undefined,
    clear() {
      waiting = undefined;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

const both = (one: Touched, other: Touched): Touched => ({
  everyNamespace: one.everyNamespace === true || other.everyNamespace === true,
  engines: [...new Set([...(one.engines ?? []), ...(other.engines ?? [])])],
});
