import type { HostErrorPhase } from '../host/host';

/** Seconds before the first tries, and before each one after them. */
const waits = [1, 2, 5, 10];
const longest = 30;

/** Seconds to wait before the next try, after that many tries. */
export const secondsBefore = (tries: number): number => waits[tries] ?? longest;

/** Seconds between two reads of a host that is listened to: nothing reports some of what happens in a container. */
const whileHeard = 60;

/** Seconds between two reads of a host; `interval` where its changes aren't heard. */
export const secondsBetweenReads = (isHeard: boolean, interval: number): number =>
  isHeard ? Math.max(whileHeard, interval) : interval;

/** Failures that another try doesn't fix: an unanswered question, a key that contradicts the known one. */
const final: HostErrorPhase[] = ['declined', 'host-key', 'login', 'shell'];

export const isFinal = (phase: string | undefined): boolean => final.some((one) => one === phase);
