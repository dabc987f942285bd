import { stateFolder } from '../model/stateFolder';
import type { Host } from '../host/host';
import type { Advice } from '../model/advice';
import type { Outcome } from '../model/outcome';
import { refuse, type Plan } from '../model/plan';
import type { ChangeRequest } from '../model/request';
import { interruptedIn, type HostSnapshot, type PendingChange } from '../model/snapshot';
import { dropStaleRecords, recoverChange } from '../execution/hostJournal';
import { planNamesBack, planRestores } from '../planning/plan';

/** What recovering needs from the host control. */
export interface Recovery {
  host: Host;
  /** Reads the host, for everybody. */
  look: () => Promise<HostSnapshot>;
  /** Executes one plan. */
  execute: (plan: Plan) => Promise<Outcome>;
  /** Whether to continue with a plan that loses something. */
  confirm: (plan: Plan) => Promise<boolean>;
  /** Makes a change again. */
  change: (request: ChangeRequest) => Promise<Outcome>;
}

/**
 * Finishes or undoes interrupted changes, restores returned VFs, offers stray VFs their own name, removes void records. In that order, as root.
 */
export async function recoverHost(
  recovery: Recovery,
  before: HostSnapshot,
  how: 'finish' | 'undo',
): Promise<Outcome[]> {
  const { host, look, execute, confirm } = recovery;
  const outcomes: Outcome[] = [];
  for (const change of interruptedIn(before)) outcomes.push(await recoverOne(recovery, change, how));
  // A read takes seconds: skip it if nothing can have changed.
  const now = outcomes.length === 0 ? before : await look();
  for (const plan of planRestores(now))
    outcomes.push(
      plan.losses.length === 0 || (await confirm(plan))
        ? await execute(plan)
        : {
            status: 'refused',
            refusal: refuse('not-confirmed', `${plan.title} was not confirmed; nothing was changed.`),
          },
    );
  for (const plan of planNamesBack(now)) if (await confirm(plan)) outcomes.push(await execute(plan));
  if (now.staleRecords.length > 0) {
    await dropStaleRecords(host, now.staleRecords);
    await look();
  }
  return outcomes;
}

async function recoverOne(
  { host, change: again }: Recovery,
  pending: PendingChange,
  how: 'finish' | 'undo',
): Promise<Outcome> {
  const { title, beforeBoot, request } = pending;
  const refused = (why: string, next?: Advice): Outcome => ({
    status: 'refused',
    refusal: refuse(
      'pending-change',
      `"${title}" could not be ${how === 'finish' ? 'finished' : 'undone'}: ${why}`,
      next,
    ),
  });
  if (how === 'finish' && beforeBoot && !request)
    return refused(
      'the host has been rebooted since, and the original request could not be read. Undo the change and make it again.',
    );
  // After a boot nothing of it is left: it is closed, and the request is planned for the host as it is now.
  const { ended, why } = await recoverChange(host, pending, beforeBoot ? 'undo' : how);
  if (how === 'finish' && beforeBoot && request && ended === 'undone') return again(request);
  switch (ended) {
    case 'done':
    case 'undone':
      return { status: 'recovered', title, wanted: how, ended };
    case 'running':
      return refused('it is still running.');
    case 'unsafe':
      return refused(why);
    case 'refused':
      return refused(why || 'the host refused.', how === 'finish' ? { do: 'undo-instead' } : undefined);
    default:
      return refused(
        `some changes could not be undone${why ? ` (${why})` : ''}. Fix the cause and recover again; the program is ${stateFolder}/changes/${pending.id}/plan.sh on ${host.id}.`,
      );
  }
}
