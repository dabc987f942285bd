import { parseArgs } from 'node:util';
import { commands, type Command, type CommandName } from './commands';
import { everywhere, options, type OptionName, type Values } from './options';
import { UsageError } from './usage';

/** Parses the command line; anything that the command doesn't take is a usage error, before a host is asked. */
export function parse(argv: string[]): {
  command: CommandName | 'help' | 'version';
  values: Values;
  positionals: string[];
} {
  const { values, positionals } = split(argv);
  if (values.version) return { command: 'version', values, positionals };
  const [name, ...rest] = positionals;
  if (name === undefined && !values.help) throw new UsageError('No command given; "sriov help" lists them.');
  if (name === undefined || name === 'help') return { command: 'help', values, positionals: rest };
  const command = commandNamed(name);
  if (values.help) return { command: 'help', values, positionals: [command] };
  const { takes, positionals: declared }: Command = commands[command];
  const stray = Object.keys(values).find((key) => ![...everywhere, ...takes].includes(key as OptionName));
  if (stray) throw new UsageError(`"sriov ${command}" does not take --${stray}.`);
  const needed = declared.filter((one) => !one.startsWith('['));
  const most = declared.at(-1)?.endsWith('...') ? Infinity : declared.length;
  if (rest.length < needed.length || rest.length > most)
    throw new UsageError(
      `"sriov ${command}" takes ${declared.length === 0 ? 'no arguments' : declared.join(' ')} (got ${rest.length}).`,
    );
  return { command, values, positionals: rest };
}

/** The command of that name; any other name is a usage error. */
export function commandNamed(name: string): CommandName {
  if (Object.hasOwn(commands, name)) return name as CommandName;
  throw new UsageError(`Unknown command "${name}"; "sriov help" lists the commands.`);
}

function split(argv: string[]) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('. ')[0] + '.' : String(error));
  }
}
