import type { CommandName, HostCommand } from './commands';
import { shells } from './completion/completing';
import { scripts } from './completion/scripts';
import { exit } from './exitCodes';
import { manual } from './manual';
import type { Printer } from './printer';
import { UsageError } from './usage';

/** What each command does that needs no host; resolves with the exit status. */
export const runsHere: Record<
  Exclude<CommandName, HostCommand>,
  (positionals: string[], print: Printer, json: boolean) => number | Promise<number>
> = {
  validate: async (...call) => (await import('./declared/declared')).validate(...call),
  completion([shell = ''], print) {
    const known = shells.find((one) => one === shell);
    if (!known) throw new UsageError(`Completion is available for ${shells.join(', ')}, not for "${shell}".`);
    print.program(scripts[known]);
    return exit.done;
  },
  manual(_, print) {
    print.program(manual());
    return exit.done;
  },
};
