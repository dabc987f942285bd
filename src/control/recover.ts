import type { Host } from '../host/host';
import { readSnapshot } from '../inventory/readSnapshot';
import type { Outcome } from '../model/outcome';
import { refuse, type Plan } from '../model/plan';
import type { HostSnapshot } from '../model/snapshot';
import { dropStaleRecords, recoverChange } from '../operations/hostJournal';
import { planRestores } from '../operations/plan';

/** Undoes interrupted changes, restores returned VFs, removes records that say nothing any more. In that order. */
export async function recoverHost(
  host: Host,
  before: HostSnapshot,
  execute: (plan: Plan) => Promise<Outcome>,
): Promise<Outcome[]> {
  if (!before.host.user.isRoot)
    return [
      { status: 'refused', refusal: refuse('not-permitted', `Recovering ${host.id} takes root there.`) },
    ];
  const outcomes: Outcome[] = [];
  for (const change of before.pending.filter((pending) => !pending.running)) {
    const ended = await recoverChange(host, change);
    if (ended === 'stuck' || ended === 'unknown' || ended === 'refused')
      outcomes.push({
        status: 'refused',
        refusal: refuse(
          'pending-change',
          `"${change.title}" could not be undone; its program is /var/lib/sriov-workbench/changes/${change.id}/plan.sh on ${host.id}.`,
        ),
      });
    else outcomes.push({ status: 'recovered', title: change.title, ended });
  }
  const now = await readSnapshot(host);
  for (const plan of planRestores(now)) outcomes.push(await execute(plan));
  if (now.staleRecords.length > 0) await dropStaleRecords(host, now.staleRecords);
  return outcomes;
}
