import { createInterface } from 'node:readline/promises';
import type { ChangeHooks } from '../control/hostControl';
import { quote } from '../model/quote';
import type { Outcome } from '../model/outcome';
import { isRefusal, type Plan, type Refusal } from '../model/plan';
import { onOneLine, printable } from '../model/printable';
import { interruptedIn, type PendingChange } from '../model/snapshot';
import { loadFor } from '../planning/declared/load';
import { planNamesBack, planRestores } from '../planning/plan';
import type { Context } from './context';
import { exit, exitOf, exitOfRefusal } from './exitCodes';
import type { ToRequest } from './requests';
import { hintText } from './hints/hintText';
import { hintsFor, hintsForRefusal, type Hint } from './hints/hints';
import { outcomeText } from './shown/outcomeText';
import { aboutText, planText, remarks } from './shown/planText';
import type { View } from './shown/styled';
import { UsageError } from './usage';

/** Runs one changing command: shows the plan, prints the program, or does it. */
export async function change(context: Context, toRequest: ToRequest): Promise<number> {
  const { control, values, positionals } = context;
  const request = toRequest(positionals, values);
  if (!values['dry-run'] && !values.script)
    return conclude(context, [await control.change(request, changeHooks(context))]);
  await loadFor(request);
  await control.refresh(context.signal);
  const plans = control.plan(request);
  return isRefusal(plans) ? refused(context, plans) : show(context, plans);
}

/** Becomes root before a change that needs to read more; resolves to the exit status if it can't. */
export const elevate = async (context: Context): Promise<number | undefined> =>
  context.values['dry-run'] || context.values.script ? undefined : asRoot(context);

/** Becomes root; resolves to the exit status if it can't. */
export async function asRoot(context: Context): Promise<number | undefined> {
  const obstacle = await context.control.elevate(context.signal);
  return obstacle && refused(context, obstacle);
}

/** Prints what was refused, and what can be done; returns the exit status. */
export function refused(context: Context, refusal: Refusal): number {
  context.print.failure('refused', refusal.reason);
  hint(context, hintsForRefusal(refusal, context.control.snapshot));
  return exitOfRefusal(refusal.code);
}

/** Without `--finish` or `--undo`, asks on a terminal; without a terminal, undoes the interrupted change. */
export async function recover(context: Context): Promise<number> {
  const { control, values, print } = context;
  if (values.finish && values.undo) throw new UsageError('Use either --finish or --undo, not both.');
  if (values['dry-run'] || values.script) {
    const snapshot = await control.refresh(context.signal);
    for (const one of interruptedIn(snapshot))
      print.progress(
        `The change ${interruptedText(one, print.view)} would be ${values.finish ? 'finished' : 'undone'}.`,
      );
    return show(context, [...planRestores(snapshot), ...planNamesBack(snapshot)]);
  }
  const hooks = changeHooks(context);
  let declined = false;
  const confirm = async (plan: Plan) => {
    const agreed = await hooks.confirm(plan);
    declined ||= !agreed;
    return agreed;
  };
  const outcomes = await control.recover(await howToRecover(context), { ...hooks, confirm });
  if (outcomes.length === 0)
    print.answer([], () => (declined ? 'Nothing was changed.' : 'There is nothing to recover.'));
  return outcomes.length === 0 ? exit.done : conclude(context, outcomes);
}

async function howToRecover({ control, values, print, signal }: Context): Promise<'finish' | 'undo'> {
  if (values.finish) return 'finish';
  const asking = process.stdin.isTTY && process.stderr.isTTY && !values.undo && !values.yes;
  if (!asking) return 'undo';
  const changes = interruptedIn(await control.refresh(signal));
  if (changes.length === 0) return 'undo';
  for (const one of changes) print.progress(`Interrupted: ${interruptedText(one, print.view)}.`);
  return /^f/i.test((await ask('Finish it, or undo it? [f/U] ')).trim()) ? 'finish' : 'undo';
}

const interruptedText = (
  { title, startedAt, by, progress: { done, steps } }: PendingChange,
  { when }: View,
): string =>
  `"${title}", started ${startedAt === null ? 'at an unknown time' : when(startedAt)} by ${by ?? 'an unknown user'}, ${done} of ${steps ?? '?'} steps done`;

async function show({ control, values, print }: Context, plans: Plan[]): Promise<number> {
  if (values.script) for (const plan of plans) print.program(await control.script(plan));
  else print.answer({ plans }, () => plans.flatMap(planText));
  return exit.done;
}

/** How a person is asked and told about a change. */
export function changeHooks({
  values,
  print,
  signal,
}: Context): ChangeHooks & Required<Pick<ChangeHooks, 'confirm'>> {
  return {
    signal,
    confirm: async (plan) => {
      print.progress(inFull.includes(plan.kind) ? planText(plan) : aboutText(plan));
      if (values.yes) return true;
      return agrees(`${plan.verb}?`);
    },
    stillThere:
      process.stdin.isTTY && process.stderr.isTTY
        ? () => agrees('Still connected? Keep the change?')
        : undefined,
    onPlan: (plan) => {
      if (remarks(plan).length > 0) print.progress(aboutText(plan));
    },
    onProgress: (progress) => {
      if (progress.kind === 'note') print.progress(progress.text);
      else
        print.progress(
          `${progress.kind === 'undo' ? 'undoing' : ''} ${progress.index + 1}/${progress.count} ${onOneLine(progress.title)}`.trim(),
        );
    },
  };
}

/** A change of the host's files is shown step by step before the question. */
const inFull: Plan['kind'][] = ['fix', 'undo-fix', 'keep', 'stop-keeping'];

/** Suggested commands reach the host by the same ssh configuration. */
function reachedBy(outcome: Outcome, configFile: string | undefined): Outcome {
  if (outcome.status !== 'stuck' || configFile === undefined) return outcome;
  const stuck = outcome.stuck.map(({ command, ...step }) => ({
    ...step,
    command: command.replace(/^sriov /, () => `sriov --ssh-config ${quote(configFile)} `),
  }));
  return { ...outcome, stuck };
}

/** Whether a person says yes to it. */
export const agrees = async (question: string): Promise<boolean> =>
  /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim());

/** One line from stdin; empty at its end. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return await Promise.race([lines.question(printable(question)), closed]);
  } finally {
    lines.close();
  }
}

/** Says what is missing where the failure is shown: not on stdout. */
export function hint({ control, print }: Context, hints: Hint[]): void {
  if (hints.length > 0) print.progress(hints.map((one) => hintText(one, control.id)));
}

function conclude(context: Context, ended: Outcome[]): number {
  const { control, print, values } = context;
  const outcomes = ended.map((outcome) => reachedBy(outcome, values['ssh-config']));
  for (const outcome of outcomes) if (exitOf(outcome) !== exit.done) print.problem(outcomeText(outcome));
  hint(
    context,
    outcomes.flatMap((outcome) => hintsFor(outcome, control.snapshot)),
  );
  const codes = outcomes.map(exitOf);
  const code = Math.max(...codes);
  const documents = outcomes.map((outcome) => ({
    ...outcome,
    message: outcomeText(outcome),
    snapshot: undefined,
  }));
  const good = outcomes.filter((outcome) => exitOf(outcome) === exit.done);
  if (values.json) print.answer(documents.length === 1 ? documents[0] : documents, () => '');
  else for (const outcome of good) print.text(outcomeText(outcome));
  return code;
}
