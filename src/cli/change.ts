import { createInterface } from 'node:readline/promises';
import type { ChangeHooks } from '../control/hostControl';
import { quote } from '../model/quote';
import type { Outcome } from '../model/outcome';
import { isRefusal, type Plan } from '../model/plan';
import { onOneLine, printable } from '../model/printable';
import { interruptedIn, type PendingChange } from '../model/snapshot';
import { planRestores } from '../planning/plan';
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
  const { control, values, positionals, print } = context;
  const request = toRequest(positionals, values);
  if (!values['dry-run'] && !values.script)
    return conclude(context, [await control.change(request, hooks(context))]);
  await control.refresh(context.signal);
  const plans = control.plan(request);
  if (isRefusal(plans)) {
    print.failure('refused', plans.reason);
    hint(context, hintsForRefusal(plans, control.snapshot));
    return exitOfRefusal(plans.code);
  }
  return show(context, plans);
}

/** Without `--finish` or `--undo`, asks on a terminal; without one, undoes what was interrupted. */
export async function recover(context: Context): Promise<number> {
  const { control, values, print } = context;
  if (values.finish && values.undo) throw new UsageError('Use either --finish or --undo, not both.');
  if (values['dry-run'] || values.script) {
    const snapshot = await control.refresh(context.signal);
    for (const one of interruptedIn(snapshot))
      print.progress(
        `The change ${interruptedText(one, print.view)} would be ${values.finish ? 'finished' : 'undone'}.`,
      );
    return show(context, planRestores(snapshot));
  }
  const outcomes = await control.recover(await howToRecover(context), hooks(context));
  if (outcomes.length === 0) print.answer([], () => 'There is nothing to recover.');
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

function hooks({ values, print, signal }: Context): ChangeHooks {
  return {
    signal,
    confirm: async (plan) => {
      print.progress(plan.kind === 'fix' || plan.kind === 'undo-fix' ? planText(plan) : aboutText(plan));
      if (values.yes) return true;
      return /^y(es)?$/i.test((await ask(`${plan.verb}? [y/N] `)).trim());
    },
    stillThere:
      process.stdin.isTTY && process.stderr.isTTY
        ? async () => /^y(es)?$/i.test((await ask('Still connected? Keep the change? [y/N] ')).trim())
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

/** What is to be run reaches the host by the same ssh configuration. */
function reachedBy(outcome: Outcome, configFile: string | undefined): Outcome {
  if (outcome.status !== 'stuck' || configFile === undefined) return outcome;
  const stuck = outcome.stuck.map(({ command, ...step }) => ({
    ...step,
    command: command.replace(/^sriov /, () => `sriov --ssh-config ${quote(configFile)} `),
  }));
  return { ...outcome, stuck };
}

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

/** What is missing is said where the failure is: not on stdout. */
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
