import type { PendingChange } from '../../model/snapshot';

/** How far a change got that was interrupted, in a few words. */
export function howFar({ beforeBoot, undoing, progress: { done, steps } }: PendingChange): string {
  if (beforeBoot) return 'undone by the host’s restart';
  if (undoing) return 'while it was being undone';
  return `after ${done} of ${steps ?? '?'} steps`;
}

/** A change that was being undone had failed or been cancelled. */
export const canBeFinished = ({ beforeBoot, undoing, request }: PendingChange): boolean =>
  beforeBoot ? request !== null : !undoing;
