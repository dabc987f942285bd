import { isRefusal } from '../model/plan';
import { captureCommand } from './capture';
import { change, hint, recover } from './change';
import { checkPathCommand } from './checkPath';
import type { HostCommand } from './commands';
import { configureRequest } from './configure';
import type { Context } from './context';
import { counters } from './counters/counters';
import { diagnoseCommand } from './diagnose';
import { exit, exitOfRefusal } from './exitCodes';
import { hintsForRefusal } from './hints/hints';
import { inventory } from './inventory';
import { fixCommand } from './fix';
import { attachCommand, lastingCommand } from './lasting';
import { dpdkCommand } from './dpdk/dpdk';
import { detachRequest, setVfsRequest, undoRequest } from './requests';
import { journalText } from './shown/journalText';

/** What each command does; resolves with the exit status. */
export const runs: Record<HostCommand, (context: Context) => Promise<number>> = {
  inventory,
  counters,
  diagnose: diagnoseCommand,
  'set-vfs': (context) => change(context, setVfsRequest),
  configure: (context) => change(context, configureRequest),
  attach: attachCommand,
  detach: (context) => change(context, detachRequest),
  undo: (context) => change(context, undoRequest),
  recover,
  dpdk: dpdkCommand,
  capture: captureCommand,
  'check-path': checkPathCommand,
  lasting: lastingCommand,
  plan: late('plan'),
  apply: late('apply'),
  drift: late('drift'),
  adopt: late('adopt'),
  export: late('exportDeclared'),
  fix: fixCommand,
  journal,
};

/** Commands about a file that declares a host are a part of their own, with the parser of such files. */
function late(name: 'plan' | 'apply' | 'drift' | 'adopt' | 'exportDeclared') {
  return async (context: Context): Promise<number> => (await import('./declared/declared'))[name](context);
}

async function journal(context: Context): Promise<number> {
  const { control, print } = context;
  const entries = await control.journal();
  if (isRefusal(entries)) {
    print.failure('refused', entries.reason);
    hint(context, hintsForRefusal(entries, control.snapshot));
    return exitOfRefusal(entries.code);
  }
  print.answer(entries, (view) => journalText(entries, view));
  return exit.done;
}
