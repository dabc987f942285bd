import type { Finding } from '../model/finding';
import { isRefusal } from '../model/plan';
import { hint } from './change';
import type { Context } from './context';
import { exit, exitOfRefusal } from './exitCodes';
import { hintsForRefusal } from './hints/hints';
import { findingText, severityText } from './shown/findingText';
import type { Line, View } from './shown/styled';

/** Checks the path of an interface; exits with 1 if something is wrong. */
export async function checkPathCommand(context: Context): Promise<number> {
  const { control, values, positionals, print, signal } = context;
  const [on = ''] = positionals;
  const result = await control.checkPath({ on, gateway: values.gateway }, signal);
  if (isRefusal(result)) {
    print.failure('refused', result.reason);
    hint(context, hintsForRefusal(result, control.snapshot));
    return result.code === 'invalid' ? exit.usage : exitOfRefusal(result.code);
  }
  const { findings, verdict } = result;
  print.answer(result, (view) => [...findings.map(line), [], ...verdictText(verdict, findings, view)]);
  return verdict?.severity === 'error' ? exit.mismatch : exit.done;
}

const line = ({ severity, title }: Finding): Line => [severityText(severity), ` ${title}`];

function verdictText(verdict: Finding | null, findings: Finding[], view: View): Line[] {
  if (verdict) return [['The first thing that is wrong:'], ...findingText(verdict, view)];
  const open = findings.filter(({ severity }) => severity === 'unknown').length;
  return [[open === 0 ? 'The path works.' : `Nothing wrong was found; ${open} could not be checked.`]];
}
