import { isRefusal, refuse, type Plan, type Refusal, type RefusalCode } from '../model/plan';
import type { ChangeRequest } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';
import { planChange, planRestores } from '../planning/plan';

/** Refusals for which nobody has to be asked for a password: root would see the same. */
export const seenByAnybody: RefusalCode[] = ['unknown-function', 'no-sriov', 'limit', 'protected', 'invalid'];

/** The same, naming the steps that take root. */
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

/** What is put right before a change, unasked: what nobody uses, and what the change itself wouldn't put right. */
export function restoresBefore(snapshot: HostSnapshot, request: ChangeRequest): Plan[] {
  const asked = planChange(snapshot, request);
  const itself = !isRefusal(asked) && asked.kind === 'restore' ? asked.title : undefined;
  return planRestores(snapshot).filter(({ losses, title }) => losses.length === 0 && title !== itself);
}
