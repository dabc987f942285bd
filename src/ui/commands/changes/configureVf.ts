import { l10n } from 'vscode';
import { isRefusal } from '../../../model/plan';
import { pfOf } from '../../../model/snapshot';
import { change } from '../../changes/change';
import { allVfChoices } from '../../changes/choices';
import { askConfiguration, askConfigurations } from '../../changes/configureQuestions';
import { showPlan } from '../../changes/showPlan';
import { tellRefusal } from '../../changes/tell';
import type { Workbench } from '../../workbench';
import { choose } from '../choose';
import type { Handler } from '../command';
import { targetOf, vfsIn, type Target } from '../target';

export const configureVf: Handler = async (workbench, item, items) => {
  const asked = await askConfigure(workbench, targetOf(workbench, item, items));
  const { control } = workbench.host;
  if (!asked || !control) return;
  if (asked.then === 'show-plan') await showPlan(workbench, control, asked.requests);
  else await change(workbench, asked.requests, { reviewed: true });
};

/** Asks for what isn't known: the VF, and what it, or all that were chosen, are to have. */
export async function askConfigure(workbench: Workbench, target: Target) {
  const { snapshot } = workbench.host;
  if (!snapshot) return undefined;
  const found = vfsIn(target, snapshot);
  if (isRefusal(found)) return void tellRefusal(workbench, found);
  if (found.length > 1) return askConfigurations(workbench.dialogs, snapshot, found);
  const vf = await choose(workbench, target, found, {
    title: l10n.t('Configure VF'),
    ...allVfChoices(snapshot),
    none: l10n.t('No adapter has VFs.'),
  });
  const pf = vf && pfOf(snapshot, vf);
  const asked = pf && (await askConfiguration(workbench.dialogs, snapshot, pf, vf));
  return asked && { requests: [asked.request], then: asked.then };
}
