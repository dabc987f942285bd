import type { Part } from '../../model/declared/declaredPlan';
import { keyOf } from '../../model/lasting/late';
import { isRefusal, type Plan, type Step } from '../../model/plan';
import { vfAt, type HostSnapshot } from '../../model/snapshot';
import { isLasting } from '../lasting';
import { planChange } from '../plan';
import { step } from '../steps';
import { asLeft, type AskedOf } from './asLeft';
import { forPeople } from './forPeople';

interface InTurn {
  /** With what each of them costs. */
  parts: Part[];
  plans: Plan[];
  /** Each with the change that it is in the way of. */
  blocks: { part: Part; text: string }[];
  /** The host when all of them are made. */
  after: HostSnapshot;
}

/**
 * Plans changes one after another, each for the host as those before it leave it. What the planner says is done already isn't a change.
 * Behind one that can't be made, only those are planned that don't rely on it.
 */
export function inTurn(snapshot: HostSnapshot, all: readonly Part[], asked: AskedOf): InTurn {
  const turn: InTurn = { parts: [], plans: [], blocks: [], after: snapshot };
  for (const part of all) {
    // What is kept for a VF that doesn't exist yet can't be written down before.
    if (part.waits && (turn.blocks.length > 0 || isLasting(part.request))) {
      turn.parts.push(part);
      continue;
    }
    const plan = planChange(turn.after, part.request);
    if (isRefusal(plan) && plan.code === 'nothing-to-do') continue;
    if (isRefusal(plan)) {
      turn.parts.push(part);
      turn.blocks.push({ part, text: forPeople(snapshot, plan.reason) });
      continue;
    }
    const said = (texts: readonly string[] = []) => texts.map((text) => forPeople(snapshot, text));
    turn.parts.push({
      ...part,
      losses: [...new Set([...part.losses, ...said(plan.losses)])],
      doubts: said(plan.doubts),
    });
    turn.after = asLeft(turn.after, plan, asked);
    turn.plans.push({ ...plan, steps: [...plan.steps, ...findingOut(turn.after, plan)] });
  }
  return turn;
}

/** What is known of new devices only when they are there. */
function findingOut(after: HostSnapshot, { promises: [promise] }: Plan): Step[] {
  if (promise?.kind === 'vf-count' && promise.count > 0)
    return [
      step(
        'Find out what the new VFs are called',
        ['note_vfs', promise.pf, `${promise.count}`, keyOf(promise.pf)],
        ['true'],
        120,
      ),
    ];
  const found = promise?.kind === 'vf-settings' && promise.driver !== null && vfAt(after, promise.vf);
  if (!found || found.vf.name === null) return [];
  const key = keyOf(found.pf.pci, found.vf.index);
  return [
    step('Find out what its network device is called', ['note_device', found.vf.pci, key], ['true'], 30),
  ];
}
