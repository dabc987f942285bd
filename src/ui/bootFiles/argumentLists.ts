import type { BootFileForm } from './bootFile';

/** A word and where it stands: offsets into the text, the end excluded. */
export interface Word {
  text: string;
  from: number;
  to: number;
}

/** One place of a file that holds kernel arguments. */
export interface ArgumentList {
  /** Where it is named: the variable, `options`, or the line itself. */
  name: Word;
  words: Word[];
  /** Where another argument goes, and what has to stand around it. */
  end: { at: number; before: string; after: string };
}

export interface Read {
  lists: ArgumentList[];
  /** Places where the shell that reads the file reads something else than is meant. */
  broken: (Word & { why: 'unbalanced' | 'spaces' })[];
}

const holdsArguments = /^(?:GRUB_CMDLINE_LINUX\w*|default_kernel_opts)$/;

/** The arguments in a boot loader's file. */
export function argumentLists(text: string, form: BootFileForm): Read {
  const read: Read = { lists: [], broken: [] };
  for (const line of linesOf(text)) {
    if (/^\s*(?:#|$)/.test(line.text)) continue;
    if (form === 'assignments') assignment(line, read);
    else if (form === 'entry') entry(line, read);
    else if (read.lists.length === 0) read.lists.push(list(line, wordsIn(line.text, line.from), line.to));
  }
  return read;
}

/** A line that ends in a backslash goes on in the next. */
function linesOf(text: string): Word[] {
  return [...text.matchAll(/(?:\\\r?\n|[^\r\n])+/g)].map(({ 0: found, index }) => ({
    ...{ text: found, from: index },
    to: index + found.length,
  }));
}

const list = (name: Word, words: Word[], at: number): ArgumentList => ({
  ...{ name, words },
  end: { at, before: words.length > 0 ? ' ' : '', after: '' },
});

function entry(line: Word, read: Read): void {
  const [head = '', key = ''] = /^\s*(options)\s+/.exec(line.text) ?? [];
  if (key === '') return;
  const from = line.from + head.length;
  const words = wordsIn(line.text.slice(head.length), from);
  const name = { text: key, from: from - head.length + head.indexOf(key), to: from };
  read.lists.push(list(name, words, words.at(-1)?.to ?? from));
}

function assignment(line: Word, read: Read): void {
  const [head, variable] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\+?=/.exec(line.text) ?? [];
  if (head === undefined || variable === undefined) return;
  const start = line.from + head.length;
  const rest = line.text.slice(head.length);
  const name = { text: variable, from: line.from + head.indexOf(variable), to: start };
  const quote = /^["']/.exec(rest)?.[0];
  const inside =
    quote === undefined ? /^[^\s#;"']*/ : quote === '"' ? /^"((?:[^"\\]|\\[^])*)"/ : /^'([^']*)'/;
  const value = inside.exec(rest);
  const after = value ? rest.slice(value[0].length) : '';
  if (!value || /^[^\s#;]*["']/.test(after)) {
    read.broken.push({ text: rest, from: start, to: line.to, why: 'unbalanced' });
    return;
  }
  if (!holdsArguments.test(variable)) return;
  if (/^\s+[^\s#;]/.test(after)) {
    read.broken.push({ text: rest, from: start, to: line.to, why: 'spaces' });
    return;
  }
  const words = quote === undefined ? wordsIn(value[0], start) : wordsIn(value[1] ?? '', start + 1);
  const at = start + value[0].length - (quote === undefined ? 0 : 1);
  const found = list(name, words, words.at(-1)?.to ?? at);
  const bare = quote === undefined && words.length === 0;
  read.lists.push(bare ? { ...found, end: { at, before: '"', after: '"' } } : found);
}

const wordsIn = (text: string, from: number): Word[] =>
  [...text.matchAll(/(?:"[^"]*"|\\[^\s]|[^\s"\\])+/g)].map(({ 0: found, index }) => ({
    ...{ text: found, from: from + index },
    to: from + index + found.length,
  }));
