import { isRefusal } from '../../../model/plan';
import type { Handler } from '../command';
import { pfsIn, targetOf, vfsIn } from '../target';

/** Shows what is wired to what, with what the command was called on selected. */
export const openTopology: Handler = async (workbench, item, items) => {
  const { snapshot } = workbench.host;
  if (!snapshot) return;
  const target = targetOf(workbench, item, items);
  const rows = (['pf', 'vf'] as const).flatMap((kind) => {
    const found = (kind === 'pf' ? pfsIn : vfsIn)(target, snapshot);
    return isRefusal(found) ? [] : found.map(({ pci }) => `${snapshot.host.id}/${kind}/${pci}`);
  });
  await workbench.pages.showTopology(target.given ? rows : []);
};
