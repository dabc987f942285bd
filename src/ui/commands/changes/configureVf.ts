import { l10n } from 'vscode';
import { pfOf } from '../../../model/snapshot';
import { change } from '../../changes/change';
import { allVfChoices } from '../../changes/choices';
import { askConfiguration, askConfigurations } from '../../changes/configureQuestions';
import { showPlan } from '../../changes/showPlan';
import type { Workbench } from '../../workbench';
import { chooseVfs } from '../chooseVfs';
import type { Handler } from '../command';
import { targetOf, type Target } from '../target';

export const configureVf: Handler = async (workbench, item, items) => {
  const asked = await askConfigure(workbench, targetOf(workbench, item, items));
  const { control } = workbench.host;
  if (!asked || !control) return;
  if (asked.then === 'show-plan') await showPlan(workbench, control, asked.requests);
  else await change(workbench, asked.requests, { reviewed: true });
};

/** Asks for anything unknown: the VF, and the settings for it, or for all that were chosen. */
export async function askConfigure(workbench: Workbench, target: Target) {
  const { snapshot } = workbench.host;
  if (!snapshot) return undefined;
  const vfs = await chooseVfs(workbench, target, {
    title: l10n.t('Configure VF'),
    choices: allVfChoices,
    none: l10n.t('No adapter has VFs.'),
  });
  if (vfs.length > 1) return askConfigurations(workbench.dialogs, snapshot, vfs);
  const [vf] = vfs;
  const pf = vf && pfOf(snapshot, vf);
  const asked = pf && (await askConfiguration(workbench.dialogs, snapshot, pf, vf));
  return asked && { requests: [asked.request], then: asked.then };
}
