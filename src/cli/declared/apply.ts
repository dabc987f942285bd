import { applyDeclared, type Applied } from '../../control/declared/applyDeclared';
import type { ChangeRequest } from '../../model/request';
import { planDeclared } from '../../planning/declared/planDeclared';
import { loadDeclared } from '../../planning/declared/load';
import { changedSince } from '../../planning/declared/savedPlan';
import { agrees, changeHooks, hint } from '../change';
import type { Context } from '../context';
import { exit, exitOf, exitOfRefusal } from '../exitCodes';
import { hintsFor, hintsForRefusal } from '../hints/hints';
import { outcomeText } from '../shown/outcomeText';
import { UsageError } from '../usage';
import { wantedIn } from './file';
import { documentOf, seenAsRoot } from './plan';
import { counted, planText } from './planText';

/** Makes the host what a file declares. */
export async function apply(context: Context): Promise<number> {
  const { control, positionals, values, print } = context;
  const [file = ''] = positionals;
  if (file === '-' && !values.yes && !values['dry-run'])
    throw new UsageError('The file comes from stdin, so nobody can be asked; use --yes.');
  const wanted = await wantedIn(file, print, values.json === true, true);
  if (!wanted) return exit.usage;
  const { declared, saved } = wanted;
  if (values['dry-run']) {
    const snapshot = await seenAsRoot(context);
    if (typeof snapshot === 'number') return snapshot;
    await loadDeclared();
    const plan = planDeclared(snapshot, declared);
    const objection = saved && changedSince(saved, snapshot, declared);
    if (objection !== undefined) print.failure('stale', objection);
    else print.answer({ file, ...documentOf(plan) }, (view) => planText(plan, view));
    return objection !== undefined || plan.blocks.length > 0 ? exit.refused : exit.done;
  }
  const hooks = changeHooks(context);
  const applied = await applyDeclared(control, declared, {
    ...hooks,
    confirm: async (plan) => {
      print.progress(planText(plan, print.view));
      return values.yes === true || agrees('Apply?');
    },
    confirmMore: (plan) => hooks.confirm(plan),
    objection: (snapshot) => saved && changedSince(saved, snapshot, declared),
  });
  return conclude(context, file, applied);
}

function conclude(context: Context, file: string, applied: Applied): number {
  const { control, print, values } = context;
  const text = appliedText(applied);
  const code = exitOfApplied(applied);
  if (code !== exit.done) print.problem(text);
  if (applied.status === 'refused' && !applied.plan)
    hint(context, hintsForRefusal(applied.refusal, control.snapshot));
  if (applied.status === 'stopped') hint(context, hintsFor(applied.outcome, control.snapshot));
  if (values.json)
    print.answer({ file, host: control.id, message: text, ...documentOfApplied(applied) }, () => '');
  else if (code === exit.done) print.text(text);
  return code;
}

function documentOfApplied(applied: Applied) {
  if (applied.status === 'refused')
    return {
      status: applied.status,
      code: applied.refusal.code,
      changes: [],
      blocks: applied.plan?.blocks ?? [],
    };
  const changesOf = (all: readonly { title: string; request: ChangeRequest }[]) =>
    all.map(({ title, request }) => ({ title, request }));
  if (applied.status === 'done') return { status: applied.status, changes: changesOf(applied.plan.parts) };
  const { title, outcome, undone } = applied;
  return {
    status: applied.status,
    changes: changesOf(applied.made),
    failed: { title, status: outcome.status, message: outcomeText(outcome) },
    undone,
  };
}

/** How it ended: what was done, what failed, and what is left of it. */
export function appliedText(applied: Applied): string {
  if (applied.status === 'refused') return applied.refusal.reason;
  if (applied.status === 'done')
    return applied.plan.parts.length === 0
      ? `${applied.plan.host} is as declared; nothing was changed.`
      : `Done: ${counted(applied.plan.parts.length, 'change')}; ${applied.plan.host} is as declared.`;
  const { title, outcome, undone } = applied;
  const text = outcomeText(outcome);
  return [
    text.startsWith(title) ? text : `${title}: ${text}`,
    ...(undone.undone.length > 0
      ? ['The changes before it were undone, too:', ...undone.undone.map((one) => `  ${one}`)]
      : []),
    ...(undone.left.length > 0
      ? [
          `Not undone${undone.why === null ? '' : `, since ${undone.why}`}:`,
          ...undone.left.map((one) => `  ${one}`),
        ]
      : outcome.status === 'stuck' || outcome.status === 'disconnected'
        ? []
        : ['Nothing is left of it.']),
  ].join('\n');
}

function exitOfApplied(applied: Applied): number {
  if (applied.status === 'done') return exit.done;
  if (applied.status === 'refused') return exitOfRefusal(applied.refusal.code);
  const { outcome, undone } = applied;
  if (undone.left.length > 0) return outcome.status === 'disconnected' ? exit.unreachable : exit.stuck;
  // A change that nobody agreed to, or that was refused halfway: earlier changes are undone.
  return ['mismatch', 'refused'].includes(outcome.status) ? exit.failed : exitOf(outcome);
}
