import { guardSeconds, isRefusal, refuse, type Plan, type Refusal } from '../model/plan';
import type { ChangeRequest } from '../model/request';
import { allVfs, type HostSnapshot } from '../model/snapshot';
import { planApplied } from './applying';
import { asItIs } from './asItIs';
import { planAttach } from './attachments/planAttach';
import { planAutoprobe } from './vfs/planAutoprobe';
import { planConfigure } from './vfs/planConfigure';
import { planDetach } from './attachments/planDetach';
import { planGiveNameBack } from './attachments/planGiveNameBack';
import { planEndMacvlan } from './macvlans/planMacvlan';
import { planFix } from './fixes/planFix';
import { isPlannedLate, planLate } from './lasting';
import { planMove } from './attachments/planMove';
import { planRestore } from './attachments/planRestore';
import { planRouteBack } from './attachments/planRouteBack';
import { planSetVfs } from './vfs/planSetVfs';
import { planUndo } from './planUndo';
import { planUndoFix } from './fixes/planUndoFix';
import { resolveContainer, resolvePf, resolveVf } from './resolve';

/** The one plan for what the user asked, or why not. */
export function planChange(snapshot: HostSnapshot, request: ChangeRequest): Plan | Refusal {
  const interrupted = snapshot.pending.find((change) => !change.running && !change.beforeBoot);
  if (interrupted)
    return refuse(
      'pending-change',
      `A change on ${snapshot.host.id} was interrupted (${interrupted.title}).`,
      { do: 'recover' },
    );
  const plan = planOf(snapshot, request);
  if (isRefusal(plan)) return plan;
  const before = canBeUndone.includes(plan.kind)
    ? plan.promises.map((promise) => asItIs(promise, snapshot))
    : [undefined];
  return {
    ...plan,
    request: pinned(snapshot, request),
    ...(isForced(snapshot, request) ? guarded(plan) : {}),
    ...(before.every((promise) => promise !== undefined) ? { before } : {}),
  };
}

function planOf(snapshot: HostSnapshot, request: ChangeRequest): Plan | Refusal {
  if (isPlannedLate(request)) return planLate(snapshot, request);
  switch (request.kind) {
    case 'set-vfs':
      return planSetVfs(snapshot, request);
    case 'attach':
      return request.move ? planMove(snapshot, request) : planAttach(snapshot, request);
    case 'configure':
      return planConfigure(snapshot, request);
    case 'set-autoprobe':
      return planAutoprobe(snapshot, request);
    case 'detach':
      return planDetach(snapshot, request);
    case 'give-name-back':
      return planGiveNameBack(snapshot, request);
    case 'undo':
      return planUndo(snapshot, request);
    case 'fix':
      return planFix(snapshot, request);
    case 'undo-fix':
      return planUndoFix(snapshot, request);
    case 'apply':
      return planApplied(snapshot, request);
  }
}

/** Without the interface's name it would be refused as protected. */
function isForced(snapshot: HostSnapshot, request: ChangeRequest): boolean {
  if (request.forceInterface === undefined) return false;
  const unforced = planOf(snapshot, { ...request, forceInterface: undefined });
  return isRefusal(unforced) && unforced.code === 'protected';
}

const guarded = ({ host, notes }: Plan): Partial<Plan> => ({
  guardSeconds,
  notes: [
    ...notes,
    `It is undone after ${guardSeconds} s unless ${host} can be reached over a new connection.`,
  ],
});

/** The same request by identities: names may refer to other things when it is made again. */
function pinned(snapshot: HostSnapshot, request: ChangeRequest): ChangeRequest {
  const pf = 'pf' in request ? resolvePf(snapshot, request.pf) : undefined;
  const vf = 'vf' in request ? resolveVf(snapshot, request.vf) : undefined;
  const container =
    request.kind === 'attach' ? resolveContainer(snapshot, request.container, request.engine) : undefined;
  return {
    ...request,
    ...(pf && !isRefusal(pf) ? { pf: pf.pci } : {}),
    ...(vf && !isRefusal(vf) ? { vf: vf.vf.pci } : {}),
    ...(request.kind === 'prepare' ? { vfs: request.vfs.map((one) => pciOf(snapshot, one)) } : {}),
    ...(container && !isRefusal(container) ? { container: container.id, engine: container.engine } : {}),
    // The host's files are read again.
    ...('configuration' in request ? { configuration: undefined } : {}),
  };
}

const pciOf = (snapshot: HostSnapshot, given: string): string => {
  const found = resolveVf(snapshot, given);
  return isRefusal(found) ? given : found.vf.pci;
};

/** Restoring a returned VF can't be undone, and neither can an undo. */
const canBeUndone: Plan['kind'][] = [
  'set-vfs',
  'attach',
  'detach',
  'configure',
  'prepare',
  'give-name-back',
  'fix',
];

/**
 * Plans for every VF that came back unrestored, and for what ended macvlans left behind. One that can't be restored is left
 * out; one that is in use has losses, and is not restored without a confirmation.
 */
export const planRestores = (snapshot: HostSnapshot): Plan[] =>
  [
    ...snapshot.attachments
      .filter((attachment) => attachment.status === 'returned-not-restored')
      .map(({ record }) => planRestore(snapshot, record)),
    ...snapshot.endedMacvlans.map((record) => planEndMacvlan(snapshot, record)),
    ...snapshot.lostRoutes.map((record) => planRouteBack(snapshot, record)),
  ].filter((plan): plan is Plan => !isRefusal(plan));

/** Plans for every VF that others left on the host under another name than udev gives: offers, each with a question. */
export const planNamesBack = (snapshot: HostSnapshot): Plan[] =>
  allVfs(snapshot)
    .filter(({ nameByUdev }) => nameByUdev !== undefined)
    .map(({ pci }) => planChange(snapshot, { kind: 'give-name-back', vf: pci }))
    .filter((plan): plan is Plan => !isRefusal(plan));
