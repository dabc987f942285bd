import { refuse, type Plan, type PlanPromise, type Refusal } from '../../model/plan';
import type { ApplyRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { asItIs } from '../asItIs';
import { isLasting } from '../lasting';
import { compareDeclared } from './planDeclared';
import { forPeople } from './forPeople';
import { inTurn } from './inTurn';
import { joined } from './joined';

/** After a new driver the settings of its device may differ, which are settled next. */
const mostRounds = 4;

/**
 * Plans all that makes a host what is declared for it as one change: the plans of its parts, each for the host as the one before leaves it,
 * with late words for VFs that are created on the way. What lasts is no part of it.
 */
export function planApply(snapshot: HostSnapshot, { declared }: ApplyRequest): Plan | Refusal {
  const plans: Plan[] = [];
  let after = snapshot;
  for (let round = 0; round < mostRounds; round += 1) {
    const { plan, asked } = compareDeclared(after, declared);
    const todo = plan.parts.filter(({ request }) => !isLasting(request));
    const turn = inTurn(after, todo, asked);
    const blocks = [...plan.blocks, ...turn.blocks.map(({ text }) => text)];
    if (blocks.length > 0) return refuse('invalid', blocks.join('\n'));
    if (turn.plans.length === 0) break;
    plans.push(...turn.plans);
    after = turn.after;
  }
  const [first] = plans;
  if (!first)
    return refuse('nothing-to-do', `${snapshot.host.id} is as declared; there is nothing to change.`);
  const said = (texts: readonly string[]) => [...new Set(texts.map((text) => forPeople(snapshot, text)))];
  const promises = unique(plans.flatMap((one) => one.promises));
  return {
    kind: 'apply',
    title:
      plans.length === 1
        ? forPeople(snapshot, first.title)
        : `Apply what is declared: ${plans.length} changes`,
    host: snapshot.host.id,
    notes: said(plans.flatMap(({ notes }) => notes)),
    doubts: said(plans.flatMap(({ doubts = [] }) => doubts)),
    losses: said(plans.flatMap(({ losses }) => losses)),
    verb: 'Apply',
    namespace: null,
    ...joined(snapshot, plans),
    promises: unique(promises.flatMap((one) => asItIs(one, after) ?? [])),
    before: unique(promises.flatMap((one) => asItIs(one, snapshot) ?? [])),
  };
}

const unique = (promises: PlanPromise[]): PlanPromise[] => [
  ...new Map(promises.map((one) => [JSON.stringify(one), one])).values(),
];
