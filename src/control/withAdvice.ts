import type { AdviceText } from '../model/advice';
import type { Heard, Outcome, Progress } from '../model/outcome';
import { isRefusal, type Plan, type Refusal } from '../model/plan';
import type { ChangeHooks, HostControl } from './hostControl';

/** How a front end says what can be done next. */
export interface FrontEnd {
  say: AdviceText;
}

/** The same control; whatever it refuses, plans or reports also says what can be done next, in the words of that front end. */
export function withAdvice(control: HostControl, { say }: FrontEnd): HostControl {
  const refusal = (one: Refusal): Refusal => refusalText(one, say);
  const planned = new WeakMap<Plan, Plan>();
  const plan = (one: Plan): Plan => {
    const advised = { ...one, notes: [...one.notes, ...(one.advice ?? []).map(say)] };
    planned.set(advised, one);
    return advised;
  };
  const outcome = (one: Outcome): Outcome => {
    switch (one.status) {
      case 'refused':
        return { ...one, refusal: refusal(one.refusal) };
      case 'recovered':
        return one;
      case 'mismatch':
        return {
          ...one,
          plan: plan(one.plan),
          differences: [...one.differences, ...(one.next ? [say(one.next)] : [])],
        };
      default:
        return { ...one, plan: plan(one.plan) };
    }
  };
  const progress = (one: Progress): Progress =>
    one.kind === 'note' ? { ...one, text: [one.text, ...(one.next ?? []).map(say)].join(' ') } : one;
  const heard = (one: Heard): Heard => (one.kind === 'plan' ? { ...one, plan: plan(one.plan) } : one);
  const hooks = ({ confirm, onPlan, onProgress, onHeard, ...rest }: ChangeHooks = {}): ChangeHooks => ({
    ...rest,
    ...(confirm ? { confirm: (one) => confirm(plan(one)) } : {}),
    ...(onPlan ? { onPlan: (one) => onPlan(plan(one)) } : {}),
    ...(onHeard ? { onHeard: (one) => onHeard(heard(one)) } : {}),
    ...(onProgress ? { onProgress: (one) => onProgress(progress(one)) } : {}),
  });
  const advised = <T extends object | undefined>(one: T): T =>
    one && isRefusal(one) ? (refusal(one) as typeof one) : one;
  const overrides: Partial<HostControl> = {
    plan(request) {
      const plans = control.plan(request);
      return isRefusal(plans) ? refusal(plans) : plans.map(plan);
    },
    change: async (request, asked) => outcome(await control.change(request, hooks(asked))),
    recover: async (how, asked) => (await control.recover(how, hooks(asked))).map(outcome),
    capture: async (request, asked) => advised(await control.capture(request, asked)),
    checkPath: async (...asked) => advised(await control.checkPath(...asked)),
    // The program that is shown is the one that runs.
    script: (one) => control.script(planned.get(one) ?? one),
  };
  return new Proxy(control, {
    get(target, key: keyof HostControl) {
      const own: unknown = overrides[key] ?? target[key];
      return typeof own === 'function' && !(key in overrides) ? (own.bind(target) as unknown) : own;
    },
  });
}

/** A refusal with the advice of one front end; advice is added once. */
export function refusalText(refusal: Refusal, say: AdviceText): Refusal {
  if (!refusal.next || complete.has(refusal)) return refusal;
  const advised = { ...refusal, reason: `${stopped(refusal.reason)} ${say(refusal.next)}` };
  complete.add(advised);
  return advised;
}
const complete = new WeakSet<Refusal>();

const stopped = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
