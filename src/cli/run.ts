import { localHost } from '../host/local';
import { sshHost } from '../host/ssh';
import { HostError } from '../host/host';
import { destination, destinationProblem } from '../model/destination';
import { withAdvice } from '../control/withAdvice';
import { createHostControl } from '../control/createHostControl';
import { whoAnswersSsh, whoAnswersSudo } from './askPerson';
import { onTheCommandLine } from './adviceText';
import { commands } from './commands';
import type { Context } from './context';
import { exit } from './exitCodes';
import { version } from '../../package.json';
import { help } from './help';
import { UsageError } from './usage';
import { commandNamed, parse } from './parse';
import { printer } from './printer';

/** The whole of `sriov`: arguments in, exit status out. Answers go to stdout, everything else to stderr. */
export async function runCli(argv: string[]): Promise<number> {
  const print = printer(argv.includes('--json'));
  try {
    const { command, values, positionals } = parse(argv);
    if (command === 'help') {
      const [of] = positionals;
      print.text(help(of === undefined ? undefined : commandNamed(of)));
      return exit.done;
    }
    if (command === 'version') {
      print.text(version);
      return exit.done;
    }
    const given = values.host ?? 'local';
    const problem = destinationProblem(given);
    if (problem !== undefined) throw new UsageError(`--host: ${problem}`);
    const host =
      given === 'local'
        ? localHost()
        : sshHost(destination(given), { configFile: values['ssh-config'], ask: whoAnswersSsh() });
    const control = withAdvice(createHostControl(host, whoAnswersSudo()), onTheCommandLine);
    const context: Context = { control, values, positionals, print, signal: interruptible(print.progress) };
    try {
      return await commands[command].run(context);
    } finally {
      await control.dispose();
    }
  } catch (error) {
    if (error instanceof UsageError) {
      print.failure('usage', error.message);
      return exit.usage;
    }
    if (error instanceof HostError) {
      print.failure('unreachable', error.message);
      return exit.unreachable;
    }
    print.failure('failed', error instanceof Error ? error.message : String(error));
    return exit.failed;
  }
}

/** The first Ctrl-C asks the host to stop and undo; the second gives up waiting for it. */
function interruptible(progress: (text: string) => void): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    progress(
      'Stopping at the next step and undoing. Press Ctrl-C again to exit; the host continues on its own.',
    );
    controller.abort(new Error('It was cancelled.'));
  });
  return controller.signal;
}
