import { change } from '../../changes/change';
import type { Handler } from '../command';

/** Makes the change that a plan document shows, planned again: the host may have changed since. */
export const applyPlan: Handler = async (workbench, address) => {
  const plan = workbench.documents.plan(address);
  if (!plan) {
    void workbench.dialogs.tell('info', 'Open a plan with Show Plan first.');
    return;
  }
  if (plan.host !== workbench.host.id) {
    void workbench.dialogs.tell('error', `This plan is for ${plan.host}, which is not the connected host.`);
    return;
  }
  await change(workbench, plan.requests, { reviewed: true });
};
