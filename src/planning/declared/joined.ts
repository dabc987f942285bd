import { isLate } from '../../model/lasting/late';
import type { Lock, NamespaceRef, Plan, Precondition, Step } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { unwrap } from '../../model/verbs';
import { step } from '../steps';
import { forPeople } from './forPeople';

type Joined = Required<Pick<Plan, 'locks' | 'spaces' | 'preconditions' | 'steps'>>;

/**
 * Plans as one: what each relies on is checked before the first step, or where something before it decides that, by a step of its own. Whoever
 * changes VFs of an adapter has its lock, so that nobody else does.
 */
export function joined(snapshot: HostSnapshot, plans: readonly Plan[]): Joined {
  const all: Joined = { locks: [], spaces: [], preconditions: [], steps: [] };
  const touched = new Set<string>();
  const deviceOf = devicesOf(plans);
  for (const plan of plans) {
    const device = deviceOf(plan);
    const space = spaceOf(all.spaces, plan.namespace);
    const isFirst = !plan.locks.some(({ pci, mode }) => mode === 'exclusive' && touched.has(pci));
    const isKnown = (one: Precondition) =>
      isFirst && unwrap(one.check).place === 'host' && !isLate(one.check.join(' '));
    all.preconditions.push(...plan.preconditions.filter(isKnown));
    const steps = [...plan.preconditions.filter((one) => !isKnown(one)).map(asStep), ...plan.steps];
    all.steps.push(
      ...steps.map((one) => inSpace({ ...one, title: forPeople(snapshot, one.title), ...device }, space)),
    );
    for (const { pci } of plan.locks) touched.add(pci);
  }
  all.locks.push(
    ...adaptersOf(
      snapshot,
      plans.flatMap(({ locks }) => locks),
    ),
  );
  return all;

  function asStep({ otherwise, check }: Precondition): Step {
    // A name that nobody knew was not taken meanwhile.
    const [verb, , name = ''] = check;
    const isNew = verb === 'is_named' && isLate(name);
    const text = isNew ? `${name} has no network device on the host.` : otherwise;
    return step('Check what comes next', ['or_say', forPeople(snapshot, text), ...check], 'none');
  }
}

/** The function that the steps of a plan are about: a VF, or its adapter where the VF is made on the way. */
function devicesOf(plans: readonly Plan[]): (plan: Plan) => Pick<Step, 'device'> {
  const alone = ({ locks }: Plan) => locks.find(({ mode }) => mode === 'exclusive')?.pci;
  const remade = new Set(plans.filter(({ kind }) => kind === 'set-vfs').map(alone));
  return (plan) => {
    const own = alone(plan);
    const adapter = plan.locks.find(({ mode }) => mode === 'shared')?.pci;
    const device = adapter !== undefined && (remade.has(adapter) || isLate(own ?? '')) ? adapter : own;
    return device === undefined ? {} : { device };
  };
}

function spaceOf(spaces: NamespaceRef[], namespace: NamespaceRef | null): number | undefined {
  if (namespace === null) return undefined;
  const at = spaces.findIndex(({ inode }) => inode === namespace.inode);
  return at < 0 ? spaces.push(namespace) - 1 : at;
}

const inSpace = (one: Step, space: number | undefined): Step =>
  space === undefined ? one : { ...one, space };

const adaptersOf = ({ pfs }: HostSnapshot, locks: readonly Lock[]): Lock[] =>
  pfs
    .filter(({ pci, vfs }) => locks.some((lock) => lock.pci === pci || vfs.some((vf) => vf.pci === lock.pci)))
    .map(({ pci }): Lock => ({ pci, mode: 'exclusive' }))
    .sort((a, b) => (a.pci < b.pci ? -1 : 1));
