import { createHostControl } from '../control/createHostControl';
import { withAdvice } from '../control/withAdvice';
import { localHost } from '../host/local';
import { sshHost } from '../host/ssh';
import { destination, destinationProblem } from '../model/destination';
import { onTheCommandLine } from './adviceText';
import { whoAnswersSsh, whoAnswersSudo } from './askPerson';
import { commands, type HostCommand } from './commands';
import type { OptionName } from './options';
import type { Context } from './context';
import { runs } from './runs';
import { UsageError } from './usage';

/** Runs one command on the host that it names; resolves with the exit status. */
export async function runOnHost(
  command: HostCommand,
  call: Pick<Context, 'values' | 'positionals' | 'print'>,
): Promise<number> {
  const given = call.values.host ?? 'local';
  const problem = destinationProblem(given);
  if (problem !== undefined) throw new UsageError(`--host: ${problem}`);
  const host =
    given === 'local'
      ? localHost()
      : sshHost(destination(given), { configFile: call.values['ssh-config'], ask: whoAnswersSsh() });
  const control = withAdvice(createHostControl(host, whoAnswersSudo()), onTheCommandLine);
  const changes = (commands[command].takes as OptionName[]).includes('dry-run');
  const signal = interruptible(changes ? () => call.print.progress(whatStopping) : () => {});
  try {
    return await runs[command]({ ...call, control, signal });
  } finally {
    await control.dispose();
  }
}

const whatStopping =
  'Stopping at the next step and undoing. Press Ctrl-C again to exit; the host continues on its own.';

/** The first Ctrl-C asks the host to stop and undo; the second gives up waiting for it. */
function interruptible(say: () => void): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    say();
    controller.abort(new Error('It was cancelled.'));
  });
  return controller.signal;
}
