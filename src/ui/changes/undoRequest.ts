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
  { plans, outcome }: ChangeRecord,
): ChangeRequest | undefined {
  if (outcome?.status !== 'done') return undefined;
  // What was moved goes back where it was by undoing the last change, not by detaching.
  if (request.kind === 'attach' && !request.move)
    return {
      ...{ kind: 'detach', vf: request.vf },
      ...(request.mode === 'macvlan' ? { container: request.container } : {}),
    };
  const id = plans.at(-1)?.id;
  return id !== undefined && snapshot?.lastChange?.id === id ? { kind: 'undo', change: id } : undefined;
}
