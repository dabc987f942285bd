import { l10n } from 'vscode';
import type { PendingChange } from '../../model/snapshot';

/** How far a change got that was interrupted, in a few words. */
export function howFar({ beforeBoot, undoing, progress: { done, steps } }: PendingChange): string {
  if (beforeBoot) return l10n.t('undone by the host’s restart');
  if (undoing) return l10n.t('while it was being undone');
  return l10n.t('after {0} of {1} steps', done, steps ?? '?');
}

/** The same as a sentence, with who started it. */
export function interruptedBy(
  { title, beforeBoot, undoing, progress: { done, steps } }: PendingChange,
  by: string,
): string {
  if (beforeBoot)
    return l10n.t(
      '“{0}” was interrupted by a restart of the host, which undid it; it was started by {1}.',
      title,
      by,
    );
  if (undoing)
    return l10n.t('“{0}” was interrupted while it was being undone; it was started by {1}.', title, by);
  return l10n.t(
    '“{0}” was interrupted after {1} of {2} steps; it was started by {3}.',
    title,
    done,
    steps ?? '?',
    by,
  );
}

/** A change that was being undone had failed or been cancelled. */
export const canBeFinished = ({ beforeBoot, undoing, request }: PendingChange): boolean =>
  beforeBoot ? request !== null : !undoing;
