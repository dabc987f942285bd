import { change } from '../../changes/change';
import { showPlan } from '../../changes/showPlan';
import type { Workbench } from '../../workbench';
import { askAttach, askAttachForm } from './askAttach';
import { askAttachSeveral, attachAll, meansSeveral } from './attachSeveral';
import type { Handler } from '../command';
import { targetOf } from '../target';

/** From VFs or from containers: anything unknown is asked for. Keys also work on a selected adapter's row. */
export const attach: Handler = async (workbench, item, items) => {
  const target = targetOf(workbench, item, items);
  if (meansSeveral(workbench, target)) return attachAll(workbench, await askAttachSeveral(workbench, target));
  const [subject] = target.subjects;
  const ask = subject?.kind === 'pf' ? askAttachForm : askAttach;
  await attachAs(workbench, await ask(workbench, target));
};

/** A VF, a whole adapter or a macvlan: from an adapter, a VF or a container. */
export const attachForm: Handler = async (workbench, item) =>
  attachAs(workbench, await askAttachForm(workbench, targetOf(workbench, item, undefined)));

/** Makes the attachment that was asked for, or shows what it would do. */
export async function attachAs(
  workbench: Workbench,
  asked: Awaited<ReturnType<typeof askAttach>>,
): Promise<void> {
  const { control } = workbench.host;
  if (!asked || !control) return;
  const { container, remember } = asked;
  if (remember) await workbench.remembered.keep(control.id, container, remember);
  if (asked.then === 'show-plan') await showPlan(workbench, control, [asked.request]);
  else await change(workbench, [asked.request], { reviewed: true });
}
