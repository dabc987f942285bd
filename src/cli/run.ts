import { HostError } from '../host/host';
import { exit, exitOfUsage } from './exitCodes';
import { version } from '../../package.json';
import { help } from './help';
import { UsageError } from './usage';
import { isOnHost } from './commands';
import { completing } from './completion/completing';
import { commandNamed, parse } from './parse';
import { printer } from './printer';
import { oneOf } from '../model/vfAttributes/choice';
import type { Values } from './options';
import { colorChoices, type ColorChoice } from './shown/colors';

/** The whole of `sriov`: arguments in, exit status out. Answers go to stdout, everything else to stderr. */
export async function runCli(argv: string[]): Promise<number> {
  const json = argv.includes('--json');
  let print = printer({ json });
  if (argv[0] === completing)
    return (await import('./completion/complete')).complete(argv.slice(1), printer({ json: false }));
  try {
    const { command, values, positionals } = parse(argv);
    print = printer({ json, color: colorIn(values) });
    if (command === 'help') {
      const [of] = positionals;
      print.text(help(of === undefined ? undefined : commandNamed(of)));
      return exit.done;
    }
    if (command === 'version') {
      print.text(version);
      return exit.done;
    }
    if (!isOnHost(command))
      return await (await import('./runsHere')).runsHere[command](positionals, print, json);
    // Help must not wait for anything else.
    const { runOnHost } = await import('./runOnHost');
    return await runOnHost(command, { values, positionals, print });
  } catch (error) {
    if (error instanceof UsageError) {
      print.failure('usage', error.message);
      return exitOfUsage(argv);
    }
    if (error instanceof HostError) {
      print.failure('unreachable', error.message);
      const hints = await (await import('./hints/hintHere')).hintHere(error);
      if (hints.length > 0) print.progress(hints);
      return exit.unreachable;
    }
    print.failure('failed', error instanceof Error ? error.message : String(error));
    return exit.failed;
  }
}

function colorIn({ color = 'auto' }: Values): ColorChoice {
  const parsed = oneOf('color', colorChoices, color);
  if ('problem' in parsed) throw new UsageError(parsed.problem);
  return parsed.value;
}
