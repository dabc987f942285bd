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
  (positionals: string[], print: Printer) => number
> = {
  completion([shell = ''], print) {
    const known = shells.find((one) => one === shell);
    if (!known) throw new UsageError(`There is completion for ${shells.join(', ')}, not for "${shell}".`);
    print.program(scripts[known]);
    return exit.done;
  },
  manual(_, print) {
    print.program(manual());
    return exit.done;
  },
};
