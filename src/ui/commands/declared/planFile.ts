import { l10n } from 'vscode';
import { isRefusal } from '../../../model/plan';
import { showPlan } from '../../changes/showPlan';
import { hostName } from '../../hosts/viewState';
import type { Handler } from '../command';
import { becomeAdmin } from '../hosts/elevate';
import { wantedOn } from './wanted';

/** Shows what would make the host what the file declares. What is to last can be planned when its VF is there. */
export const planFile: Handler = async (workbench, item) => {
  if (!(await becomeAdmin(workbench))) return;
  const { loadDeclared, rounds } = await import('../../declared/reading');
  await loadDeclared();
  const wanted = await wantedOn(workbench, item);
  if (!wanted) return;
  const { control, declared, snapshot, plan } = wanted;
  const requests = rounds(plan, declared).flat();
  if (requests.length === 0)
    return workbench.dialogs.say(l10n.t('{0} is as declared.', hostName(control.id, snapshot)));
  const now = requests.filter((request) => !isRefusal(control.plan(request)));
  const later = requests.length - now.length;
  await showPlan(workbench, control, now.length > 0 ? now : requests);
  if (now.length > 0 && later > 0)
    workbench.dialogs.say(l10n.t('Then come {0} attachments that last.', later));
};
