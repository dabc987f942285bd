import type { Outcome } from '../../model/outcome';
import type { ChangeRequest } from '../../model/request';
import { keptAgain } from '../../planning/kept/keptAgain';
import { stateOf } from '../../planning/kept/stateOf';
import type { Plan } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import type { HostControl } from '../hostControl';

/** A change of ours, and how the host was before it. */
export interface Made {
  title: string;
  /** Id of the change in the host's journal; absent if the journal keeps none. */
  id?: string;
  request: ChangeRequest;
  plan: Plan;
  before: HostSnapshot;
}

/** Which changes were undone, which were not, and why not. */
export interface Undone {
  undone: string[];
  left: string[];
  why: string | null;
}

/** Undoes changes, the last one first; where that isn't possible, those before it stay, too. */
export async function undoMade(
  control: HostControl,
  made: readonly Made[],
  because: Outcome,
): Promise<Undone> {
  const left = made.map(({ title }) => title);
  if (because.status === 'stuck' || because.status === 'disconnected')
    return {
      undone: [],
      left,
      why: left.length === 0 ? null : 'the failed change has to be recovered first',
    };
  const undone: string[] = [];
  for (const one of [...made].reverse()) {
    for (const request of backFrom(control, one)) {
      const why = await control
        .change(request, { confirm: () => Promise.resolve(true) })
        .then(whyNot, String);
      if (why !== undefined) return { undone, left, why };
    }
    undone.push(one.title);
    left.pop();
  }
  return { undone, left, why: null };
}

/** `undo` doesn't cover attachments that last. */
function backFrom(control: HostControl, { id, plan, request, before }: Made): ChangeRequest[] {
  if (plan.kind === 'keep' && plan.keeps) {
    const { intent } = plan.keeps;
    const wasAttached = before.attachments.some(({ vf }) => vf === intent.vf);
    const now = control.snapshot;
    const kept = now?.kept.find((one) => one.intent.id === intent.id);
    const isAttached = now && kept && stateOf(now, kept).state === 'attached';
    return [
      { kind: 'stop-keeping', ids: [intent.id] },
      ...(isAttached && !wasAttached ? [{ kind: 'detach' as const, vf: intent.vf }] : []),
    ];
  }
  if (request.kind === 'stop-keeping')
    return before.kept
      .filter(({ intent }) => request.ids?.includes(intent.id))
      .map(({ intent }) => keptAgain(intent));
  return [{ kind: 'undo', change: id ?? 'unknown' }];
}

const whyNot = (outcome: Outcome): string | undefined =>
  outcome.status === 'done'
    ? undefined
    : outcome.status === 'refused'
      ? outcome.refusal.reason
      : outcome.status === 'undone' || outcome.status === 'stuck'
        ? `undoing it failed: ${outcome.failure.message}`
        : outcome.status === 'mismatch'
          ? outcome.differences.join(' ')
          : 'the connection was lost';
