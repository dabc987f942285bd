import type { VirtualFunction } from '../../model/functions';
import { isRefusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import type { Choices } from '../changes/choices';
import type { Workbench } from '../workbench';
import { choose } from './choose';
import { vfsIn, type Target } from './target';

/** As many VFs as were chosen, else one that is picked. Says why if there is none. */
export async function chooseVfs(
  workbench: Workbench,
  target: Target,
  {
    choices,
    ...question
  }: { title: string; none: string; choices: (snapshot: HostSnapshot) => Choices<VirtualFunction> },
): Promise<VirtualFunction[]> {
  const { snapshot } = workbench.host;
  if (!snapshot) return [];
  const found = vfsIn(target, snapshot);
  if (!isRefusal(found) && found.length > 1) return found;
  const vf = await choose(workbench, target, found, { ...question, ...choices(snapshot) });
  return vf ? [vf] : [];
}
