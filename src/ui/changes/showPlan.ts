import type { HostControl } from '../../control/hostControl';
import { isRefusal, type Plan } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import type { Workbench } from '../workbench';
import { tellRefusal } from './tell';

/** Opens what the changes would do, as a page from which they can be made. */
export async function showPlan(
  workbench: Workbench,
  control: HostControl,
  requests: ChangeRequest[],
): Promise<void> {
  const plans: Plan[] = [];
  for (const request of requests) {
    const planned = control.plan(request);
    if (isRefusal(planned)) return tellRefusal(workbench, planned);
    plans.push(...planned);
  }
  await workbench.pages.showPlan({ host: control.id, requests, plans });
}
