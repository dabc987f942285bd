import { refuse, type Plan, type Refusal } from '../model/plan';
import type { ChangeRequest, KeepRequest, PrepareRequest, StopKeepingRequest } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';
import type { planKeep } from './kept/planKeep';
import type { planStopKeeping } from './kept/planStopKeeping';
import type { MadeRequest, planMade } from './made/planMade';
import type { planPrepare } from './userspace/planPrepare';

type LastingRequest = KeepRequest | StopKeepingRequest | (MadeRequest & { lasting: true });
type LateRequest = LastingRequest | (PrepareRequest & { forceInterface?: string });

/** Most sessions never ask for what lasts, or for DPDK: the build puts the planners for that into files of their own. */
let planners:
  | {
      keep: typeof planKeep;
      stop: typeof planStopKeeping;
      made: typeof planMade;
      prepare: typeof planPrepare;
    }
  | undefined;

/** Before `planChange` is asked for any of that. */
export async function loadLasting(): Promise<void> {
  planners ??= {
    keep: (await import('./kept/planKeep')).planKeep,
    stop: (await import('./kept/planStopKeeping')).planStopKeeping,
    made: (await import('./made/planMade')).planMade,
    prepare: (await import('./userspace/planPrepare')).planPrepare,
  };
}

/** Whether it is about what outlives a boot. */
export const isLasting = (request: ChangeRequest): request is ChangeRequest & LastingRequest =>
  request.kind === 'keep' ||
  request.kind === 'stop-keeping' ||
  ('lasting' in request && request.lasting === true);

/** Whether its planner has to be loaded before. */
export const isPlannedLate = (request: ChangeRequest): request is ChangeRequest & LateRequest =>
  request.kind === 'prepare' || isLasting(request);

export function planLate(snapshot: HostSnapshot, request: LateRequest): Plan | Refusal {
  if (!planners) return refuse('unknown-state', 'The planner of this is not loaded yet; try again.');
  switch (request.kind) {
    case 'keep':
      return planners.keep(snapshot, request);
    case 'stop-keeping':
      return planners.stop(snapshot, request);
    case 'prepare':
      return (request.lasting ? planners.made : planners.prepare)(snapshot, request);
    default:
      return planners.made(snapshot, request);
  }
}
