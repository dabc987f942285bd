import { isRefusal, type Refusal } from '../../../model/plan';
import type { Handler } from '../command';
import { containersIn, pfsIn, targetOf, vfsIn } from '../target';

/** The changes of the host; called on a function or a container, those about it. */
export const showHistory: Handler = async (workbench, item) => {
  const { snapshot } = workbench.host;
  const target = targetOf(workbench, item, undefined);
  const named = snapshot && target.given;
  const [one] = named
    ? [pfsIn, vfsIn, containersIn].flatMap((find) =>
        found<{ name: string | null; pci?: string }>(find(target, snapshot)),
      )
    : [];
  await workbench.pages.showHistory(one?.name ?? one?.pci ?? '');
};

const found = <T>(all: T[] | Refusal): T[] => (isRefusal(all) ? [] : all);
