import { l10n } from 'vscode';
import type { HostControl } from '../../control/hostControl';
import { isRefusal } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import type { Workbench } from '../workbench';
import { planText } from './planText';
import { tellRefusal } from './tell';

/** Opens what the changes would do, as a document that can be applied. */
export async function showPlan(
  workbench: Workbench,
  control: HostControl,
  requests: ChangeRequest[],
): Promise<void> {
  const plans = [];
  for (const request of requests) {
    const planned = control.plan(request);
    if (isRefusal(planned)) return tellRefusal(workbench, planned);
    plans.push(...planned);
  }
  const scripted = await Promise.all(
    plans.map(async (plan) => ({ plan, script: await control.script(plan) })),
  );
  await workbench.documents.show({
    scheme: 'sriov-plan',
    name: l10n.t('Plan: {0}', plans.at(-1)?.title ?? ''),
    text: planText(scripted),
    language: 'shellscript',
    plan: { host: control.id, requests },
  });
}
