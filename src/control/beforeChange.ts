import { PrivilegeError } from '../host/privilege';
import type { Outcome } from '../model/outcome';
import { isRefusal, refuse, type Plan, type Refusal, type RefusalCode } from '../model/plan';
import type { ChangeRequest } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';
import { planChange, planRestores } from '../planning/plan';

/** Refusals that need no password first: root would see the same. */
export const seenByAnybody: RefusalCode[] = ['unknown-function', 'no-sriov', 'limit', 'protected', 'invalid'];

/** The same, naming the steps that need root. */
export function namingStep(refusal: Refusal, { steps, title }: Plan): Refusal {
  const [first] = steps;
  if (refusal.code !== 'not-permitted' || !first) return refusal;
  const others = steps.length > 1 ? ` and the ${steps.length - 1} after it` : '';
  return {
    ...refusal,
    ...refuse(
      refusal.code,
      `${refusal.reason} “${title}” was not started: “${first.title}”${others} require${steps.length > 1 ? '' : 's'} root.`,
      refusal.next,
    ),
  };
}

/** Restored before a change, without asking: whatever nobody uses and the change itself wouldn't restore. */
export function restoresBefore(snapshot: HostSnapshot, request: ChangeRequest): Plan[] {
  const asked = planChange(snapshot, request);
  const itself = !isRefusal(asked) && asked.kind === 'restore' ? asked.title : undefined;
  return planRestores(snapshot).filter(({ losses, title }) => losses.length === 0 && title !== itself);
}

/** sudo no longer accepts the password, and ran nothing: the next read finds out what to ask for. */
export function unlessForgotten(error: unknown): undefined {
  if (!(error instanceof PrivilegeError)) throw error;
}

/** It did not begin: a lock was held, or the host was not as the plan assumes. */
export const isStale = (outcome: Outcome): boolean =>
  outcome.status === 'refused' && outcome.refusal.code === 'stale';
