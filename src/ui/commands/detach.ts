import type { ChangeRequest } from '../../model/request';
import { isRefusal } from '../../model/plan';
import { change } from '../changes/change';
import { attachedVfChoices } from '../changes/choices';
import type { Workbench } from '../workbench';
import { choose } from './choose';
import type { Handler } from './command';
import { targetOf, vfsIn, type Target } from './target';

export const detach: Handler = async (workbench, item, items) => {
  await change(workbench, await askDetach(workbench, targetOf(workbench, item, items)));
};

/** The VFs that were meant, one request for each. */
export async function askDetach(workbench: Workbench, target: Target): Promise<ChangeRequest[]> {
  const { snapshot } = workbench.host;
  if (!snapshot) return [];
  const found = vfsIn(target, snapshot);
  if (target.given && !isRefusal(found) && found.length > 1) return found.map(detachRequest);
  const vf = await choose(workbench, target, found, {
    title: 'Detach',
    ...attachedVfChoices(snapshot),
    none: 'No VF is attached to anything.',
  });
  return vf ? [detachRequest(vf)] : [];
}

const detachRequest = ({ pci }: { pci: string }): ChangeRequest => ({ kind: 'detach', vf: pci });
