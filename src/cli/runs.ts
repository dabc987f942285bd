import { isRefusal } from '../model/plan';
import { change, hint, recover } from './change';
import type { HostCommand } from './commands';
import { configureRequest } from './configure';
import type { Context } from './context';
import { diagnoseCommand } from './diagnose';
import { exit, exitOfRefusal } from './exitCodes';
import { hintsForRefusal } from './hints/hints';
import { inventory } from './inventory';
import { fixCommand } from './fix';
import { attachRequest, detachRequest, setVfsRequest, undoRequest } from './requests';
import { journalText } from './shown/journalText';

/** What each command does; resolves with the exit status. */
export const runs: Record<HostCommand, (context: Context) => Promise<number>> = {
  inventory,
  diagnose: diagnoseCommand,
  'set-vfs': (context) => change(context, setVfsRequest),
  configure: (context) => change(context, configureRequest),
  attach: (context) => change(context, attachRequest),
  detach: (context) => change(context, detachRequest),
  undo: (context) => change(context, undoRequest),
  recover,
  fix: fixCommand,
  journal,
};

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
