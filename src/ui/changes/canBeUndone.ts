import { l10n } from 'vscode';
import { refusalText } from '../../control/withAdvice';
import type { PastChange } from '../../model/journal';
import { isRefusal, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { inTheWorkbench } from './adviceText';

/** Why each change of a history, oldest first, can't be undone now; undefined for the one that can. */
export function whyNotUndone(
  history: PastChange[],
  snapshot: HostSnapshot | undefined,
  plan: (change: string) => Plan[] | Refusal,
): (string | undefined)[] {
  const undone = undoneIn(history);
  const isRoot = snapshot?.host.user.isRoot ?? false;
  // Only root sees which is the last; anybody may try to undo it, and is then asked for a password.
  const last = isRoot
    ? snapshot?.lastChange?.id
    : history.findLast((one) => one.plan && !undone.has(one))?.id;
  return history.map((change) => {
    if (change.outcome === 'undone') return l10n.t('It failed or was cancelled, and was undone.');
    if (change.outcome === 'refused') return l10n.t('It changed nothing.');
    if (change.outcome === 'pending' || change.outcome === 'stuck')
      return l10n.t('It is half done; “Recover” undoes it.');
    if (change.kind === 'undo' || change.kind === 'undo-fix')
      return l10n.t('Can’t be undone: it is an undo itself. Make the original change again instead.');
    if (change.kind === 'keep' || change.kind === 'stop-keeping')
      return l10n.t('“Stop Keeping…” and “Keep Attached…” take it back.');
    if (undone.has(change)) return l10n.t('It was undone.');
    if (change.kind === 'restore')
      return l10n.t('Can’t be undone: it restored what a container left behind.');
    if (change.id === last) {
      const planned = isRoot ? plan(change.id) : [];
      return isRefusal(planned) ? refusalText(planned, inTheWorkbench.say).reason : undefined;
    }
    return change.plan
      ? l10n.t('Only the last change can be undone: undo the later ones first.')
      : l10n.t('Can’t be undone any more: the host no longer keeps how.');
  });
}

/** Changes that have been undone: an undo reverts the last change of its title that hadn't been. */
function undoneIn(history: PastChange[]): Set<PastChange> {
  const undone = new Set<PastChange>();
  history.forEach((change, index) => {
    if (change.kind !== 'undo' || change.outcome !== 'done') return;
    const taken = history
      .slice(0, index)
      .findLast((one) => one.outcome === 'done' && !undone.has(one) && change.title === `Undo: ${one.title}`);
    if (taken) undone.add(taken);
  });
  return undone;
}
