import { version } from '../../package.json';
import { commandNames, commands, optionOf, type Command, type CommandName } from './commands';
import { optionText, sentence, usage } from './help';
import { changing, everywhere, type OptionName } from './options';
import { exits, objects, prompts, summary } from './sayings';

/** The manual page, in the macros of man(7). It has no date: it belongs to the version that it names. */
export const manual = (): string =>
  [
    `.TH SRIOV 1 "" "sriov ${version}" "SR\\-IOV Workbench"`,
    section('NAME', `sriov \\- ${roff(summary)}`),
    section('SYNOPSIS', '.B sriov', roff('COMMAND [OPTION]... [ARGUMENT]...')),
    section('DESCRIPTION', ...description.map(paragraph)),
    section('COMMANDS', ...commandNames.flatMap(command)),
    section('OPTIONS OF COMMANDS THAT CHANGE THE HOST', ...optionList('set-vfs', changing)),
    section('OPTIONS OF ALL COMMANDS', ...optionList('inventory', everywhere)),
    section('EXIT STATUS', ...exits.map(([status, says]) => item(`${status}`, says))),
    section('ENVIRONMENT', ...environment.map(([name, says]) => item(name, says))),
    section('FILES', ...files.map(([path, says]) => item(path, says))),
    section('EXAMPLES', ...examples.map(([line, says]) => item(line, says))),
    section('SEE ALSO', roff('ip-link(8), ssh(1), ssh_config(5), sudo(8)')),
  ].join('\n');

const description = [
  'Shows the SR-IOV adapters and containers of a Linux host, gives virtual functions (VFs) to containers, and takes them back exactly as they were. The host is this machine or any that ssh reaches; nothing is installed there. Each change is a plan of commands and their undos, which the host executes on its own: on failure, on Ctrl-C or without a connection, it finishes or undoes the change.',
  objects,
  prompts,
];

const environment: [string, string][] = [
  ['NO_COLOR', 'no colors, if not empty'],
  ['TERM', 'dumb: no colors, and no full-screen --watch'],
  ['SUDO_ASKPASS', "a program that prints sudo's password"],
  ['SSH_ASKPASS', 'a program that answers ssh if there is no terminal'],
];

const files: [string, string][] = [
  ['~/.ssh/config', 'how hosts are reached'],
  ['/var/lib/sriov-workbench/', 'on the host: its journal, what to restore, unfinished changes'],
  ['/run/sriov-workbench/', 'on the host: locks'],
];

const examples: [string, string][] = [
  ['sriov --host r740 set-vfs enp59s0f0 4', 'create four VFs'],
  [
    'sriov --host r740 attach enp59s0f0:0 fw --name eth1 --address 10.0.0.1/24 --dry-run',
    'show what attaching the first one to the container fw would do',
  ],
  ['sriov --host r740 inventory --watch', 'watch who has which VF'],
  ['sriov diagnose --evidence dmesg.txt', 'check a log from another host'],
];

function command(name: CommandName): string[] {
  const { says, more, takes }: Command = commands[name];
  const own = takes.filter((option) => !changing.includes(option));
  const changes = takes.some((option) => changing.includes(option));
  return [
    `.SS ${quoted(usage(name))}`,
    roff(sentence(says, more)),
    ...(changes ? [roff('Changes the host, and takes the options of commands that do.')] : []),
    ...optionList(name, own),
  ];
}

const optionList = (name: CommandName, names: OptionName[]): string[] =>
  names.map((option) => {
    const row = optionOf(name, option);
    return item(optionText(option, row), row.says);
  });

const section = (heading: string, ...parts: string[]): string =>
  [`.SH ${quoted(heading)}`, ...parts].join('\n');
const paragraph = (text: string): string => `.PP\n${roff(text)}`;
const item = (head: string, text: string): string => `.TP\n.B ${quoted(head)}\n${roff(text)}`;

/** As text: nothing of it is a macro or an escape. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(
      /[^ -~]/g,
      (character) => `\\[u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}]`,
    )
    .replace(/^[.']/, '\\&$&');
/** As one argument of a macro. */
const quoted = (text: string): string => `"${roff(text).replaceAll('"', '\\(dq')}"`;
