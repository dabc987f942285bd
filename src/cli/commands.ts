import { isRefusal } from '../model/plan';
import { change, recover } from './change';
import { diagnoseCommand } from './diagnose';
import { exit, exitOfRefusal } from './exitCodes';
import { fixCommand } from './fix';
import type { Context } from './context';
import { configureOptions, configureRequest } from './configure';
import { attachRequest, detachRequest, setVfsRequest, undoRequest } from './requests';
import { inventoryText, journalText } from './text';
import type { OptionName } from './options';

interface Command {
  /** Its positional arguments; those in brackets are optional. */
  positionals: string[];
  takes: OptionName[];
  /** Resolves with the exit status. */
  run: (context: Context) => Promise<number>;
}

const changing: OptionName[] = ['dry-run', 'script', 'yes', 'force-interface'];

/** Every command of `sriov`. */
export const commands = {
  inventory: { positionals: [], takes: [], run: inventory },
  diagnose: {
    positionals: ['[FILE]'],
    takes: ['purpose', 'evidence', 'collect', 'since'],
    run: diagnoseCommand,
  },
  'set-vfs': {
    positionals: ['PF', 'COUNT'],
    takes: changing,
    run: (context) => change(context, setVfsRequest),
  },
  configure: {
    positionals: ['VF'],
    takes: [...changing, ...configureOptions],
    run: (context) => change(context, configureRequest),
  },
  attach: {
    positionals: ['VF', 'CONTAINER'],
    takes: [
      ...changing,
      'name',
      'address',
      'dhcp',
      'gateway',
      'route',
      'mac',
      'vlan',
      'clear',
      'mtu',
      'engine',
      'mode',
      'macvlan-mode',
      'move',
    ],
    run: (context) => change(context, attachRequest),
  },
  detach: {
    positionals: ['VF', '[CONTAINER]'],
    takes: changing,
    run: (context) => change(context, detachRequest),
  },
  undo: { positionals: [], takes: changing, run: (context) => change(context, undoRequest) },
  recover: { positionals: [], takes: [...changing, 'finish', 'undo'], run: recover },
  fix: { positionals: ['FINDING'], takes: [...changing, 'undo', 'subject', 'purpose'], run: fixCommand },
  journal: { positionals: [], takes: [], run: journal },
} satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

async function inventory({ control, print, signal }: Context): Promise<number> {
  const snapshot = await control.refresh(signal);
  // What could be taken back is the journal's, not the host's.
  print.answer({ ...snapshot, lastChange: undefined }, () => inventoryText(snapshot));
  return exit.done;
}

async function journal({ control, print }: Context): Promise<number> {
  const entries = await control.journal();
  if (isRefusal(entries)) {
    print.failure('refused', entries.reason);
    return exitOfRefusal(entries.code);
  }
  print.answer(entries, () => journalText(entries));
  return exit.done;
}
