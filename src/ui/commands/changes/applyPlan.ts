import { l10n } from 'vscode';
import type { Handler } from '../command';

/** Makes the change that a plan shows, if the host still needs it: of the page of that name, else of the one in front. */
export const applyPlan: Handler = async ({ pages, dialogs }, name) => {
  if (!(await pages.apply(typeof name === 'string' ? name : undefined)))
    void dialogs.tell('info', l10n.t('Open a plan with Show Plan first.'));
};
