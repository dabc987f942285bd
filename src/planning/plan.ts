import type { VirtualFunction } from '../model/functions';
import { guardSeconds, isRefusal, refuse, type Plan, type PlanPromise, type Refusal } from '../model/plan';
import type { ChangeRequest } from '../model/request';
import { allFunctions, type HostSnapshot } from '../model/snapshot';
import { fieldKeys } from '../model/vfAttributes/table';
import { planAttach } from './attachments/planAttach';
import { planAutoprobe } from './vfs/planAutoprobe';
import { planConfigure } from './vfs/planConfigure';
import { planDetach } from './attachments/planDetach';
import { planEndMacvlan } from './macvlans/planMacvlan';
import { planFix } from './fixes/planFix';
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
    case 'undo':
      return planUndo(snapshot, request);
    case 'fix':
      return planFix(snapshot, request);
    case 'undo-fix':
      return planUndoFix(snapshot, request);
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
    ...(container && !isRefusal(container) ? { container: container.id, engine: container.engine } : {}),
    // The host's files are read again.
    ...('configuration' in request ? { configuration: undefined } : {}),
  };
}

/** Putting a VF right that came back isn't taken back, and neither is taking back. */
const canBeUndone: Plan['kind'][] = ['set-vfs', 'attach', 'detach', 'configure', 'fix'];

/** What a promise is about, as it is now. */
function asItIs(promise: PlanPromise, snapshot: HostSnapshot): PlanPromise | undefined {
  if (promise.kind === 'vf-count') {
    const count = snapshot.pfs.find(({ pci }) => pci === promise.pf)?.numVfs;
    return count === null || count === undefined ? undefined : { ...promise, count };
  }
  if (promise.kind === 'macvlan') return { ...promise, there: !promise.there };
  if (promise.kind === 'autoprobe') {
    const on = snapshot.pfs.find(({ pci }) => pci === promise.pf)?.driversAutoprobe;
    return on === null || on === undefined ? undefined : { ...promise, on };
  }
  const vf = allFunctions(snapshot).find(({ pci }) => pci === promise.vf);
  if (vf && promise.kind === 'vf-settings') return settingsNow(promise, vf);
  if (!vf || vf.name === null) return undefined;
  const { pci, name, mac, mtu, addresses, holder } = vf;
  if (holder.kind === 'host') return { kind: 'vf-on-host', vf: pci, name, mac, mtu, up: vf.up ?? false };
  if (holder.netnsInode === null) return undefined;
  const { netnsInode } = holder;
  return { kind: 'vf-inside', vf: pci, netnsInode, name, addresses, mac, mtu, vlan: vf.vlan?.id ?? null };
}

function settingsNow(promise: PlanPromise & { kind: 'vf-settings' }, vf: VirtualFunction): PlanPromise {
  const keys = fieldKeys.filter((key) => key in promise.settings);
  return {
    ...promise,
    settings: Object.fromEntries(keys.map((key) => [key, vf[key]])),
    mtu: promise.mtu === null ? null : vf.mtu,
    driver: promise.driver === null ? null : (vf.driver ?? 'none'),
  };
}

/**
 * Plans for every VF that came back and isn't as it was, and for what ended macvlans left. One that can't be restored is left
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
