import { commands as workbenchCommands, type Disposable } from 'vscode';
import type { Workbench } from '../workbench';
import { run } from './run';
import { commands, type CommandId } from './table';

/** Registers every command of the table. */
export const registerCommands = (workbench: Workbench): Disposable[] =>
  (Object.keys(commands) as CommandId[]).map((id) =>
    workbenchCommands.registerCommand(id, (item?: unknown, items?: unknown) =>
      run(workbench, id, item, items),
    ),
  );
