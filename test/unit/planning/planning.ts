import { isRefusal, type Plan } from '../../../src/model/plan';
import type { ChangeRequest } from '../../../src/model/request';
import type { HostSnapshot } from '../../../src/model/snapshot';
import { loadDeclared } from '../../../src/planning/declared/load';
import { planChange } from '../../../src/planning/plan';

await loadDeclared();

/** The plan; throws the reason of a refusal. */
export function planned(snapshot: HostSnapshot, request: ChangeRequest): Plan {
  const plan = planChange(snapshot, request);
  if (isRefusal(plan)) throw new Error(plan.reason);
  return plan;
}

/** `code: reason`; throws when it wasn't refused. */
export function refused(snapshot: HostSnapshot, request: ChangeRequest): string {
  const plan = planChange(snapshot, request);
  if (!isRefusal(plan)) throw new Error(`not refused: ${plan.title}`);
  return `${plan.code}: ${plan.reason}`;
}
