import type { ChangeRequest } from '../../model/request';
import type { KeptProgram } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { keptAgain } from '../../planning/kept/keptAgain';
import type { ChangeRecord } from './changeRecord';
import { endingOf } from './keepRequest';

/**
 * What takes back a change that was made; nothing where that can't be. A VF that was attached is detached, whatever was done since, one
 * that is kept is so no more, and one that isn't any more is kept again; all others are taken back as long as they are the last change of
 * their host.
 */
export function undoRequest(
  snapshot: HostSnapshot | undefined,
  request: ChangeRequest,
  record: ChangeRecord,
): ChangeRequest[] {
  const backs = takingBack(request, record);
  const isLast = (back: ChangeRequest) => back.kind !== 'undo' || snapshot?.lastChange?.id === back.change;
  return backs.every(isLast) ? backs : [];
}

/** What takes back several, the last one first: each is the last change then. */
export function undoRequests(
  snapshot: HostSnapshot | undefined,
  made: { request: ChangeRequest; record: ChangeRecord }[],
): ChangeRequest[] {
  const last = made.at(-1);
  if (!last || undoRequest(snapshot, last.request, last.record).length === 0) return [];
  const backs = made.map(({ request, record }) => takingBack(request, record));
  return backs.every((back) => back.length > 0) ? backs.reverse().flat() : [];
}

function takingBack(request: ChangeRequest, { plans, outcome }: ChangeRecord): ChangeRequest[] {
  if (outcome?.status !== 'done') return [];
  const plan = plans.at(-1)?.plan;
  if (request.kind === 'keep') return notKept(plan?.keeps);
  if (request.kind === 'stop-keeping') return (plan?.ends ?? []).map(keptAgain);
  // What was moved goes back where it was by undoing the last change, not by detaching.
  if (request.kind === 'attach' && !request.move)
    return [
      {
        ...{ kind: 'detach', vf: request.vf },
        ...(request.mode === 'macvlan' ? { container: request.container } : {}),
      },
    ];
  const id = plans.at(-1)?.id;
  return id === undefined ? [] : [{ kind: 'undo', change: id }];
}

/** What was attached with it goes with it. */
const notKept = (kept: KeptProgram | undefined): ChangeRequest[] =>
  kept ? endingOf([kept.intent.id], kept.attachesNow ? [kept.intent.vf] : []) : [];
