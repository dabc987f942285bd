import { l10n } from 'vscode';
import { change } from '../../changes/change';
import type { Handler } from '../command';

/** Makes the change that a plan document shows, planned again: the host may have changed since. */
export const applyPlan: Handler = async (workbench, address) => {
  const plan = workbench.documents.plan(address);
  if (!plan) {
    void workbench.dialogs.tell('info', l10n.t('Open a plan with Show Plan first.'));
    return;
  }
  if (plan.host !== workbench.host.id) {
    void workbench.dialogs.tell(
      'error',
      l10n.t('This plan is for {0}, which is not the connected host.', plan.host),
    );
    return;
  }
  await change(workbench, plan.requests, { reviewed: true });
};
