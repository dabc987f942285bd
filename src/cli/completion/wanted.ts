import { commandNames, commands, optionOf, type Command, type CommandName } from '../commands';
import { everywhere, options, type Option, type OptionName } from '../options';

/** What may come next. */
export interface Wanted {
  words: Word[];
  files: boolean;
  /** Names on the host, or hosts. */
  names: Named[];
  /** The prefix of each word and name: `--host=`. */
  before: string;
  /** The part that is already typed. */
  typed: string;
  host: string;
  sshConfig: string | undefined;
}

export interface Word {
  word: string;
  says: string;
}

const named = ['PF', 'VF', 'CONTAINER', 'CONTAINER:IFNAME', 'HOST'] as const;
export type Named = (typeof named)[number];

type Offer = Pick<Wanted, 'words' | 'files' | 'names'>;

/** From the words so far, the last of which is being typed. */
export function wanted(all: readonly string[]): Wanted {
  const typed = all.at(-1) ?? '';
  const { command, positionals, values, open } = read(all.slice(0, -1));
  const where = { host: values.get('host') ?? 'local', sshConfig: values.get('ssh-config') };
  const [, name = '', value] = /^--([a-z-]+)=(.*)$/s.exec(typed) ?? [];
  if (open) return { ...where, before: '', typed, ...offer(open.takes ?? '') };
  if (value !== undefined && isOption(name))
    return { ...where, before: `--${name}=`, typed: value, ...offer(takesOf(command, name)) };
  const next = typed.startsWith('-')
    ? only(optionWords(command, new Set(values.keys())))
    : nextPositional(command, positionals.length);
  return { ...where, before: '', typed, ...next };
}

/** What was given so far: an option that still lacks its value is `open`. */
function read(words: readonly string[]) {
  const positionals: string[] = [];
  const values = new Map<string, string>();
  let open: { name: OptionName; takes: string | undefined } | undefined;
  let command: CommandName | 'help' | undefined;
  for (const word of words) {
    const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (open) {
      values.set(open.name, word);
      open = undefined;
    } else if (isOption(name)) {
      values.set(name, value ?? '');
      if (value === undefined && options[name].type === 'string')
        open = { name, takes: takesOf(command, name) };
    } else if (word.startsWith('-')) continue;
    else if (command === undefined) command = [...commandNames, 'help' as const].find((one) => one === word);
    else positionals.push(word);
  }
  return { command, positionals, values, open };
}

const isOption = (name: string): name is OptionName => Object.hasOwn(options, name);

const takesOf = (command: CommandName | 'help' | undefined, name: OptionName): string =>
  (command === undefined || command === 'help' ? (options[name] as Option) : optionOf(command, name)).takes ??
  '';

function nextPositional(command: CommandName | 'help' | undefined, index: number): Offer {
  if (command === undefined) return only([...commandWords(), help]);
  if (command === 'help') return only(index === 0 ? commandWords() : []);
  const declared: string[] = commands[command].positionals;
  const next = declared[index] ?? declared.at(-1)?.match(/.*\.{3}$/)?.[0] ?? '';
  return offer(next.replace(/^\[|\](\.{3})?$/g, ''));
}

const help: Word = { word: 'help', says: 'show what a command does and takes' };
const commandWords = (): Word[] => commandNames.map((word) => ({ word, says: commands[word].says }));

function optionWords(command: CommandName | 'help' | undefined, given: Set<string>): Word[] {
  const own = command === undefined || command === 'help' ? [] : (commands[command] as Command).takes;
  return [...own, ...everywhere]
    .filter((name) => !given.has(name) || 'multiple' in options[name])
    .map((name) => ({
      word: `--${name}`,
      says: command === undefined || command === 'help' ? options[name].says : optionOf(command, name).says,
    }));
}

/** By the placeholder: `on|off`, `VF|PF`, `FILE|-`. */
function offer(takes: string): Offer {
  const parts = takes.split('|');
  return {
    words: parts.filter((part) => /^[a-z][a-z0-9-]*$/.test(part)).map((word) => ({ word, says: '' })),
    files: parts.includes('FILE'),
    names: named.filter((name) => parts.includes(name)),
  };
}

const only = (words: Word[]): Offer => ({ words, files: false, names: [] });
