import {
  isRefusal,
  refuse,
  type Argv,
  type Plan,
  type PlanPromise,
  type Precondition,
  type Refusal,
} from '../model/plan';
import { isForPrograms } from '../model/programDrivers';
import { allFunctions, containersIn, type FinishedChange, type HostSnapshot } from '../model/snapshot';
import { backwards } from './backwards';
import { appliedBack } from './declared/appliedBack';
import { endsOf, hostUse, type HostUse } from './hostUse';
import { planAttach } from './attachments/planAttach';
import { planDetach } from './attachments/planDetach';
import { planSetVfs } from './vfs/planSetVfs';
import { unchanged } from './fixes/planKernelArguments';
import { isUsed } from './isUsed';
import { protection } from './protection';
import { pagesAre } from './userspace/pagesAre';
import * as steps from './steps';
import { differences } from './verify';

interface Forced {
  forceInterface?: string;
}
interface Wanted extends Forced {
  change?: string;
}
type Undo = Pick<
  Plan,
  | 'losses'
  | 'notes'
  | 'namespace'
  | 'from'
  | 'spaces'
  | 'preconditions'
  | 'steps'
  | 'promises'
  | 'files'
  | 'lasting'
>;

/**
 * Plans undoing the last finished change. It must have left the host as promised, and the host must still be like that;
 * else the refusal says what differs. Anything done since is left to the planner of the reverse change.
 */
export function planUndo(snapshot: HostSnapshot, request: Wanted): Plan | Refusal {
  const last = snapshot.lastChange;
  if (!last && !snapshot.host.user.isRoot)
    return refuse(
      'unknown-state',
      `The last change on ${snapshot.host.id} could not be read; that requires root.`,
    );
  if (!last)
    return refuse('nothing-to-do', `There is no change on ${snapshot.host.id} to undo.`, {
      do: 'see-journal',
    });
  if (request.change !== undefined && request.change !== last.id)
    return refuse(
      'stale',
      `Another change was made since, "${last.title}", and only the last one can be undone.`,
      {
        do: 'see-journal',
      },
    );
  const cannot = `"${last.title}" cannot be undone`;
  if (last.beforeBoot)
    return refuse(
      'nothing-to-do',
      `${cannot}: the host has been rebooted since, which undid it. There is nothing to do.`,
    );
  const { plan } = last;
  if (!plan?.before)
    return refuse('unknown-state', `${cannot}: its details could not be read from the host's journal.`);
  // VFs without a network device are one more reason to undo.
  const [different] = differences(
    plan.promises.filter(({ kind }) => kind !== 'vf-count'),
    snapshot,
  );
  if (different) return refuse('stale', `${cannot}: the host has changed since. ${different}`);
  const back = wayBack(snapshot, plan, plan.before, request);
  if (isRefusal(back)) return refuse(back.code, `${cannot}: ${back.reason}`, back.next);
  return {
    ...back,
    kind: 'undo',
    title: `Undo: ${plan.title}`,
    host: snapshot.host.id,
    notes: [madeBy(last), ...back.notes],
    verb: 'Undo',
    locks: plan.locks,
    undoes: last.id,
  };
}

const madeBy = ({ at, by }: FinishedChange): string =>
  `The change was made ${at ?? 'at an unknown time'} by ${by ?? 'an unknown user'}.`;

function wayBack(
  snapshot: HostSnapshot,
  plan: Plan,
  before: PlanPromise[],
  { forceInterface }: Forced,
): Undo | Refusal {
  const [was] = before;
  if (plan.kind === 'attach' && was?.kind === 'vf-on-host')
    return planDetach(snapshot, { vf: was.vf, forceInterface });
  if (plan.kind === 'detach' && was?.kind === 'vf-inside') return attachAgain(snapshot, plan, was);
  if (plan.kind === 'set-vfs' && was?.kind === 'vf-count')
    return countAgain(snapshot, plan, was, forceInterface);
  const back = stepsBack(snapshot, plan, before, forceInterface);
  if (plan.kind !== 'apply' || isRefusal(back)) return back;
  const steps = appliedBack(snapshot, plan, back.steps);
  return isRefusal(steps) ? steps : { ...back, steps };
}

/** Back into the container, with all that it had there. The VF and the container must be fit for it, as for any attachment. */
function attachAgain(
  snapshot: HostSnapshot,
  plan: Plan,
  was: PlanPromise & { kind: 'vf-inside' },
): Undo | Refusal {
  const container = containersIn(snapshot, was.netnsInode)[0];
  if (!container || !plan.namespace)
    return refuse('stale', 'The network namespace that the VF was in is gone; attach it again.');
  const { id, engine } = container;
  const mode = snapshot.pfs.some(({ pci }) => pci === was.vf) ? 'pf' : 'vf';
  const fit = planAttach(snapshot, {
    ...{ kind: 'attach', vf: was.vf, container: id, engine, name: was.name, mode },
  });
  if (isRefusal(fit)) return fit;
  const given = plan.steps.map(({ apply }) => apply.join(' '));
  return {
    losses: endsOf(notGiven(hostUse(snapshot, { pci: was.vf }), given)),
    notes: [],
    namespace: plan.namespace,
    preconditions: fit.preconditions,
    steps: backwards(plan),
    promises: [was],
  };
}

/** What the host has started to do with it since it came back. */
function notGiven(use: HostUse | undefined, steps: string[]): HostUse | undefined {
  const isNew = (part: string) => !steps.some((given) => given.includes(part));
  return (
    use && {
      ...use,
      addresses: use.addresses.filter((address) => isNew(` ${address} `)),
      port: use.master === null || isNew(`join_master ${use.name} ${use.master}`) ? use.port : [],
      routes: use.routes.filter(({ words }) => isNew(words.join(' '))),
    }
  );
}

/** The previous number of VFs, and the VFs as they were. The current ones must not be in use. */
function countAgain(
  snapshot: HostSnapshot,
  plan: Plan,
  { pf: pci, count }: PlanPromise & { kind: 'vf-count' },
  forceInterface: string | undefined,
): Undo | Refusal {
  const pf = snapshot.pfs.find((other) => other.pci === pci);
  const made = plan.promises.find((promise) => promise.kind === 'vf-count')?.count;
  if (!pf || pf.numVfs !== made)
    return refuse(
      'stale',
      `${pf?.name ?? pci} has ${pf?.numVfs ?? 'an unknown number of'} VFs, not ${made}: their number was changed since.`,
    );
  const again = planSetVfs(snapshot, { pf: pci, count, forceInterface });
  if (isRefusal(again)) return again;
  const recreate = plan.steps
    .map(({ undo }) => undo)
    .find((undo) => undo !== 'none' && undo[0] === 'recreate_vfs');
  const broughtUp = plan.steps.some(({ apply }) => apply[0] === 'ip' && apply.at(-1) === 'up');
  return {
    ...again,
    steps: [
      ...again.steps.flatMap((step) => {
        if (step.apply[0] === 'await_netdevs' && recreate) return [];
        if (step.apply[0] !== 'set_vf_count' || step.apply[2] === '0' || !recreate || recreate === 'none')
          return [step];
        return [{ ...step, title: `${step.title}, as they were`, apply: recreate, timeout: 120 }];
      }),
      ...(broughtUp && count === 0 && pf.name && pf.up && !isUsed(snapshot, pf)
        ? [steps.takeDown(pf.name)]
        : []),
    ],
  };
}

/** Any other change: its steps backwards, while everything is where it was. */
function stepsBack(
  snapshot: HostSnapshot,
  plan: Plan,
  before: PlanPromise[],
  forceInterface: string | undefined,
): Undo | Refusal {
  const touched =
    plan.kind === 'apply'
      ? plan.promises.flatMap((one) => ('vf' in one ? [one.vf] : 'pf' in one ? [one.pf] : []))
      : plan.locks.filter(({ mode }) => mode === 'exclusive').map(({ pci }) => pci);
  const kept = [...snapshot.pfs, ...allFunctions(snapshot)]
    .filter(({ pci }) => touched.includes(pci))
    .map(({ name, pci, protectedBecause }) => protection(name ?? pci, name, protectedBecause, forceInterface))
    .find((refusal) => refusal !== undefined);
  if (kept) return kept;
  const gone = namespaceGone(snapshot, plan);
  if (gone) return gone;
  const files = plan.files?.map(({ path, before: was, after }) => ({ path, before: after, after: was }));
  return {
    losses: [],
    notes: [],
    namespace: plan.namespace,
    from: plan.from,
    ...(plan.spaces ? { spaces: plan.spaces } : {}),
    preconditions: [...plan.promises.flatMap(stillSo), ...unchanged(files ?? [])],
    steps: backwards(plan),
    promises: before,
    ...(files ? { files } : {}),
    ...(plan.lasting ? { lasting: plan.lasting } : {}),
  };
}

/** Nothing goes back into a namespace that has ended. */
function namespaceGone(
  snapshot: HostSnapshot,
  { from, namespace, spaces = [], promises }: Plan,
): Refusal | undefined {
  const gone = [from, namespace, ...spaces].find(
    (one) =>
      one &&
      containersIn(snapshot, one.inode).length === 0 &&
      !snapshot.namespaces.some(({ inode }) => inode === one.inode),
  );
  if (!gone) return undefined;
  const owner = snapshot.containers.find(({ id }) => id === gone.owner?.containerId);
  const what = owner ? `the network namespace that ${owner.name} had` : `network namespace ${gone.inode}`;
  const instead = promises.some(({ kind }) => kind === 'vf-inside') ? ' Detach the VF instead.' : '';
  return refuse('stale', `${what} is gone${gone.owner ? '' : " or can't be read"}.${instead}`);
}

/** A promise as something that the host can check right before the first step. */
function stillSo(promise: PlanPromise): Precondition[] {
  switch (promise.kind) {
    case 'vf-count':
      return [
        {
          otherwise: `The number of VFs of ${promise.pf} has changed.`,
          check: ['vf_count_is', promise.pf, `${promise.count}`],
        },
      ];
    case 'vf-on-host':
      return [
        {
          otherwise: `${promise.vf} is no longer ${promise.name} on the host.`,
          check: ['is_named', promise.vf, promise.name],
        },
      ];
    case 'macvlan':
    case 'kept':
    case 'autoprobe':
      return [];
    case 'huge-pages':
      return [pagesAre(promise, promise.count)];
    case 'vf-settings':
      return promise.driver === null
        ? []
        : [
            {
              otherwise: `${promise.vf} has a different driver now.`,
              check: ['has_driver', promise.vf, promise.driver],
            },
            ...(isForPrograms(promise.driver)
              ? [
                  {
                    otherwise: `${promise.vf} is in use through ${promise.driver}; stop the program that has it first.`,
                    check: ['vfio_idle', promise.vf] as Argv,
                  },
                ]
              : []),
          ];
    case 'vf-inside':
      return [{ otherwise: `${promise.vf} is back on the host.`, check: ['off_host', promise.vf] }];
  }
}
