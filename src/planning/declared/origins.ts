import type { Difference, Origin } from '../../model/declared/declaredPlan';
import type { PastChange } from '../../model/journal';
import type { Plan } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { differences } from '../verify';

/**
 * Since when something is as it is, and by whom: by the last of our changes that was about it, if the host is as that one left it. `null`:
 * something else did it, or it was too long ago.
 */
export function originOf(
  snapshot: HostSnapshot,
  history: readonly PastChange[],
  difference: Difference,
): Origin | null {
  const last = history.findLast(
    ({ outcome, plan }) => outcome === 'done' && plan !== undefined && isAbout(plan, difference),
  );
  if (!last?.plan || differences(last.plan.promises, snapshot).length > 0) return null;
  return { at: last.at, by: last.by, title: last.title };
}

function isAbout({ kind, promises, locks, undoes }: Plan, { stage, pci, what }: Difference): boolean {
  const kinds = undoes === undefined ? kindsOf[stage] : ['undo'];
  if (pci === null || !kinds.includes(kind)) return false;
  if (stage === 'driver' || stage === 'settings')
    return promises.some(
      (one) => one.kind === 'vf-settings' && one.vf === pci && (what !== 'driver' || one.driver !== null),
    );
  return locks.some((lock) => lock.pci === pci && lock.mode === 'exclusive');
}

/** What makes such a difference. */
const kindsOf: Record<Difference['stage'], readonly Plan['kind'][]> = {
  ...{ detach: ['attach', 'keep'], count: ['set-vfs'], driver: ['configure'], settings: ['configure'] },
  attach: ['detach', 'restore'],
};
