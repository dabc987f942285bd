import type { CountedHost } from './count';
import type { Counted, HostControl } from './hostControl';
import { count } from './whenNeeded';

/** Counts for whoever asks, until they stop or the host control is disposed. */
export const startCounting =
  (of: CountedHost, closed: AbortSignal): HostControl['count'] =>
  (what, tell) => {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, closed]);
    const unlessOver = (counted: Counted) => void (signal.aborted || tell(counted));
    void count(of, what, unlessOver, signal).catch((error: unknown) => unlessOver({ why: String(error) }));
    return () => stop.abort(new Error('no longer counted'));
  };
