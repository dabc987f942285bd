import { change } from '../changes/change';
import { showPlan } from '../changes/showPlan';
import { askAttach } from './askAttach';
import type { Handler } from './command';
import { targetOf } from './target';

/** From a VF or from a container: what isn't known is asked for. */
export const attach: Handler = async (workbench, item) => {
  const asked = await askAttach(workbench, targetOf(workbench, item, undefined));
  const { control } = workbench.host;
  if (!asked || !control) return;
  if (asked.then === 'show-plan') await showPlan(workbench, control, [asked.request]);
  else await change(workbench, [asked.request]);
};
