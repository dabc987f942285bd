import { refuse, type Plan, type PlanPromise, type Refusal, type Step } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { isUsed } from '../isUsed';
import { recreateArgument, step } from '../steps';

/** The steps back of all that was applied: VFs that end must be nobody's by then, and an adapter that the host relies on stays up. */
export function appliedBack(snapshot: HostSnapshot, plan: Plan, steps: Step[]): Step[] | Refusal {
  for (const promise of plan.promises) {
    const refusal = promise.kind === 'vf-count' ? inTheWay(snapshot, plan, promise) : undefined;
    if (refusal) return refusal;
  }
  const stays = (name: string) =>
    snapshot.pfs.some((pf) => pf.name === name && pf.up && isUsed(snapshot, pf));
  return steps
    .filter(({ apply }) => !(apply[0] === 'ip' && apply.at(-1) === 'down' && stays(apply.at(-2) ?? '')))
    .flatMap((one) => endingVfs(snapshot, one));
}

/** Another number of VFs since, or one that somebody else has. */
function inTheWay(
  { pfs }: HostSnapshot,
  { promises }: Plan,
  { pf: pci, count }: PlanPromise & { kind: 'vf-count' },
): Refusal | undefined {
  const pf = pfs.find((one) => one.pci === pci);
  if (pf?.numVfs !== count)
    return refuse(
      'stale',
      `${pf?.name ?? pci} has ${pf?.numVfs ?? 'an unknown number of'} VFs, not ${count}: their number was changed since.`,
    );
  const isOurs = (vf: string) =>
    promises.some((one) => (one.kind === 'vf-inside' || (one.kind === 'vf-settings' && one.driver !== null)) && one.vf === vf); // prettier-ignore
  const theirs = pf.vfs.find(
    (vf) => ['container', 'netns', 'vfio'].includes(vf.holder.kind) && !isOurs(vf.pci),
  );
  return (
    theirs && refuse('in-use', `VF ${theirs.index} of ${pf.name ?? pci} is in use since; detach it first.`)
  );
}

/** Before VFs end, all of them must be on the host; should a later step fail, they are made again as they are now. */
function endingVfs(snapshot: HostSnapshot, one: Step): Step[] {
  const [verb, pci, count] = one.apply;
  const pf = snapshot.pfs.find((other) => other.pci === pci);
  if (verb !== 'set_vf_count' || count !== '0' || !pf) return [one];
  const label = pf.name ?? pf.pci;
  const again = pf.vfs.map((vf) => recreateArgument(snapshot, pf, vf));
  return [
    step('Check what comes next', ['or_say', `A VF of ${label} is in use.`, 'vfs_on_host', pf.pci], 'none'),
    { ...one, undo: ['recreate_vfs', pf.pci, label, `${pf.numVfs}`, ...again] },
  ];
}
