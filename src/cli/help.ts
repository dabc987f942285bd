import { commandNames, commands, optionOf, type Command, type CommandName } from './commands';
import { changing, everywhere, type Option, type OptionName } from './options';
import { filled } from './shown/filled';
import { exits, objects, prompts, summary } from './sayings';

/** All commands, or what one of them takes. */
export const help = (command?: CommandName): string =>
  (command === undefined ? ofAll() : ofOne(command)).join('\n\n');

const exitStatus = `Exit: ${exits.map(([status, says]) => `${status} ${says}`).join(', ')}`;

const ofAll = (): string[] => [
  `sriov: ${summary}`,
  table(commandNames.map((name) => [usage(name), commands[name].says])),
  paragraph(objects),
  optionList('Options', 'inventory', everywhere),
  optionList('Options of commands that change the host', 'set-vfs', changing),
  '"sriov help COMMAND" shows the options of a command.',
  paragraph(prompts),
  paragraph(exitStatus),
];

function ofOne(command: CommandName): string[] {
  const { says, more, takes }: Command = commands[command];
  const own = takes.filter((name) => !changing.includes(name));
  return [
    `  ${usage(command)}${own.length > 0 ? ' [OPTION]...' : ''}`,
    paragraph(sentence(says, more)),
    ...(own.length > 0 ? [optionList('Options', command, own)] : []),
    paragraph(objects),
    ...(takes.includes('dry-run')
      ? [optionList('Options of commands that change the host', command, changing)]
      : []),
    optionList('Options of all commands', command, everywhere),
    paragraph(prompts),
    paragraph(exitStatus),
  ];
}

/** What a command does, and what else there is to know. */
export const sentence = (says: string, more = ''): string =>
  `${says[0]?.toUpperCase()}${says.slice(1)}. ${more}`.trim();

/** How a command is called, without its options. */
export const usage = (command: CommandName): string =>
  ['sriov', command, ...commands[command].positionals].join(' ');

/** How an option is given: `-y, --yes`, `--name NAME`. */
export const optionText = (name: string, { short, takes, multiple }: Option): string =>
  [`${short ? `-${short}, ` : ''}--${name}`, ...(takes ? [takes] : [])].join(' ') + (multiple ? '...' : '');

const optionList = (heading: string, command: CommandName, names: OptionName[]): string =>
  `${heading}:\n${table(
    names.map((name) => {
      const option = optionOf(command, name);
      return [optionText(name, option), option.says];
    }),
  )}`;

const mostColumns = 80;
const secondColumn = 28;

const paragraph = (text: string): string => filled(text, mostColumns).join('\n');

/** Two columns; if the first one is too long, the second begins on the next line. */
const table = (rows: (readonly [string, string])[]): string =>
  rows
    .map(([first, second]) => {
      const isShort = first.length + 2 + 2 <= secondColumn;
      const text = filled(second, mostColumns, secondColumn).join('\n');
      return isShort
        ? `  ${first.padEnd(secondColumn - 2)}${text.slice(secondColumn)}`
        : `  ${first}\n${text}`;
    })
    .join('\n');
