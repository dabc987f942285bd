import type { ChangeRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import type { ChangeRecord } from './changeRecord';

/**
 * What takes back a change that was made; undefined where nothing does. A VF that was attached is detached, whatever was done since;
 * all others are taken back as long as they are the last change of their host.
 */
export function undoRequest(
  snapshot: HostSnapshot | undefined,
  request: ChangeRequest,
  record: ChangeRecord,
): ChangeRequest | undefined {
  const back = takingBack(request, record);
  return back?.kind === 'undo' && snapshot?.lastChange?.id !== back.change ? undefined : back;
}

/** What takes back several, the last one first: each is the last change then. */
export function undoRequests(
  snapshot: HostSnapshot | undefined,
  made: { request: ChangeRequest; record: ChangeRecord }[],
): ChangeRequest[] {
  const last = made.at(-1);
  if (!last || !undoRequest(snapshot, last.request, last.record)) return [];
  const backs = made.map(({ request, record }) => takingBack(request, record));
  return backs.every((back) => back !== undefined) ? backs.reverse() : [];
}

function takingBack(request: ChangeRequest, { plans, outcome }: ChangeRecord): ChangeRequest | undefined {
  if (outcome?.status !== 'done') return undefined;
  // What was moved goes back where it was by undoing the last change, not by detaching.
  if (request.kind === 'attach' && !request.move)
    return {
      ...{ kind: 'detach', vf: request.vf },
      ...(request.mode === 'macvlan' ? { container: request.container } : {}),
    };
  const id = plans.at(-1)?.id;
  return id === undefined ? undefined : { kind: 'undo', change: id };
}
