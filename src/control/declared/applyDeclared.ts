import type { Declared } from '../../model/declared/declared';
import type { DeclaredPlan, Part } from '../../model/declared/declaredPlan';
import type { Outcome } from '../../model/outcome';
import { refuse, type Plan, type Refusal } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { loadDeclared } from '../../planning/declared/load';
import { planDeclared } from '../../planning/declared/planDeclared';
import { isLasting } from '../../planning/lasting';
import type { ChangeHooks, HostControl } from '../hostControl';
import { undoMade, type Made, type Undone } from './undoMade';

export interface ApplyHooks extends Pick<ChangeHooks, 'signal' | 'stillThere' | 'onProgress' | 'onPlan'> {
  /** Called once, before the first change, with everything that would be done. */
  confirm: (plan: DeclaredPlan) => Promise<boolean>;
  /** Why it isn't to be done after all, of the host as it is now. */
  objection?: (now: HostSnapshot) => string | undefined;
  /** Called for a change whose losses could not be known beforehand. */
  confirmMore: (plan: Plan) => Promise<boolean>;
}

/** How it ended. */
export type Applied =
  /** Nothing was changed. */
  | { status: 'refused'; refusal: Refusal; plan?: DeclaredPlan }
  | { status: 'done'; made: Made[]; plan: DeclaredPlan }
  /** One of the changes failed; `undone` says what became of those before. */
  | { status: 'stopped'; plan: DeclaredPlan; made: Made[]; title: string; outcome: Outcome; undone: Undone };

/**
 * Makes a host what is declared for it: by one change, with one more before it for each thing that no longer lasts, and one after it for each
 * that is to last. If one doesn't succeed, those before are undone in reverse order.
 */
export async function applyDeclared(
  control: HostControl,
  declared: Declared,
  hooks: ApplyHooks,
): Promise<Applied> {
  const barred = await control.elevate(hooks.signal);
  if (barred) return { status: 'refused', refusal: barred };
  await loadDeclared();
  const now = await control.refresh(hooks.signal);
  const objection = hooks.objection?.(now);
  if (objection !== undefined) return { status: 'refused', refusal: refuse('stale', objection) };
  const first = planDeclared(now, declared);
  if (first.blocks.length > 0)
    return { status: 'refused', plan: first, refusal: refuse('invalid', first.blocks.join('\n')) };
  if (first.parts.length === 0) return { status: 'done', made: [], plan: first };
  if (!(await hooks.confirm(first)))
    return {
      status: 'refused',
      plan: first,
      refusal: refuse('not-confirmed', 'Not confirmed; nothing was changed.'),
    };
  return makeAll(control, declared, first, hooks);
}

async function makeAll(
  control: HostControl,
  declared: Declared,
  plan: DeclaredPlan,
  hooks: ApplyHooks,
): Promise<Applied> {
  const made: Made[] = [];
  const tried = new Set<string>();
  const agreed = new Set(plan.parts.flatMap(({ losses, doubts }) => [...losses, ...doubts]));
  const stop = async (title: string, outcome: Outcome, all: Made[] = made): Promise<Applied> => ({
    ...{ status: 'stopped', plan, made, title, outcome },
    undone: await undoMade(control, all, outcome),
  });
  const confirm = async (one: Plan) =>
    [...one.losses, ...(one.doubts ?? [])].every((text) => agreed.has(text)) ||
    (await hooks.confirmMore(one));
  let now = control.snapshot;
  let isWhole = true;
  for (;;) {
    const left = now && planDeclared(now, declared);
    if (!now || !left || left.blocks.length > 0)
      return stop('the next change', refused((left?.blocks ?? ['The host could not be read.']).join('\n')));
    const next = nextOf(left.parts, declared);
    // What was looked at narrowly is looked at as a whole before it counts as done, or as not done.
    if (!isWhole && (!next || tried.has(next.key))) {
      now = await control.refresh();
      isWhole = true;
      continue;
    }
    if (!next) return { status: 'done', made, plan };
    if (tried.has(next.key)) return stop(next.title, refused(stillDiffers));
    tried.add(next.key);
    const { title, request } = next;
    const outcome = await control.change(request, { ...hooks, confirm }).catch(unreached);
    if (outcome.status === 'done') made.push(madeBy(outcome, request, now));
    else if (outcome.status === 'mismatch')
      return stop(title, outcome, [...made, madeBy(outcome, request, now)]);
    else if (!isDoneAlready(outcome)) return stop(title, outcome);
    now = control.snapshot;
    isWhole = false;
  }
}

/** What no longer lasts ends first, then comes all else as one change, then what is to last. */
function nextOf(
  parts: readonly Part[],
  declared: Declared,
): { title: string; request: ChangeRequest; key: string } | undefined {
  const [first] = parts;
  const once = parts.filter(({ request }) => !isLasting(request));
  if (!first || first.request.kind === 'stop-keeping' || once.length === 0)
    return first && { title: first.title, request: first.request, key: first.title };
  const key = once.map(({ title }) => title).join('\n');
  return {
    title: once.length === 1 ? key : `Apply what is declared: ${once.length} changes`,
    request: { kind: 'apply', declared },
    key,
  };
}

const stillDiffers = 'The change was made, but the host is still not as declared.';

/** Something else has fixed it, such as the restore of a VF that came back. */
const isDoneAlready = (outcome: Outcome): boolean =>
  outcome.status === 'refused' && outcome.refusal.code === 'nothing-to-do';

const refused = (reason: string): Outcome => ({
  status: 'refused',
  refusal: refuse('unknown-state', reason),
});

/** Before the change began: a later failure is an outcome. */
const unreached = (error: unknown): Outcome =>
  refused(error instanceof Error ? error.message : String(error));

/** With what the host's journal knows it by. */
function madeBy(
  { plan, snapshot: { lastChange } }: Outcome & { status: 'done' | 'mismatch' },
  request: ChangeRequest,
  before: HostSnapshot,
): Made {
  const id = lastChange?.title === plan.title ? { id: lastChange.id } : {};
  return { ...id, title: plan.title, request, plan, before };
}
