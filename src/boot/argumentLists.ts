import type { BootFile } from './files';

/** A piece of the text and where it stands: offsets, the end excluded. */
export interface Span {
  text: string;
  from: number;
  to: number;
}

/** One place of a file that holds kernel arguments. */
export interface ArgumentList {
  /** What names it: the variable, the keyword, or the line itself. */
  name: Span;
  arguments: Span[];
  /** All of it, without the quotes around it. */
  value: Span;
  quoted: boolean;
  /** Only a shell knows its value: more follows, or it has substitutions or several lines. */
  needsShell: boolean;
}

export interface Read {
  lists: ArgumentList[];
  /** Assignments that the shell reads differently from what was intended. */
  broken: (Span & { why: 'unbalanced' | 'spaces'; name: string })[];
}

/** The arguments in a boot loader's file. */
export function argumentLists(text: string, { form, names }: Pick<BootFile, 'form' | 'names'>): Read {
  const read: Read = { lists: [], broken: [] };
  for (const line of linesOf(text)) {
    if (/^\s*(?:#|$)/.test(line.text)) continue;
    if (form === 'assignments') assignment(line, names, read);
    else if (form === 'entry') entry(line, names, read);
    else if (read.lists.length === 0) read.lists.push(bareList(line, line));
  }
  return read;
}

/** A line that ends in a backslash continues on the next. */
function linesOf(text: string): Span[] {
  return [...text.matchAll(/(?:\\\r?\n|[^\r\n])+/g)].map(({ 0: found, index }) => ({
    ...{ text: found, from: index },
    to: index + found.length,
  }));
}

const bareList = (name: Span, value: Span): ArgumentList => ({
  ...{ name, value, arguments: spansIn(value.text, value.from), quoted: false },
  needsShell: value.text.includes('\n'),
});

function entry(line: Span, names: readonly string[], read: Read): void {
  const [head = '', keyword = ''] = new RegExp(`^\\s*(${names.join('|')})\\s+`, 'i').exec(line.text) ?? [];
  if (keyword === '') return;
  const from = line.from + head.length;
  const start = line.from + head.indexOf(keyword);
  const value = { text: line.text.slice(head.length), from, to: line.to };
  read.lists.push(bareList({ text: keyword, from: start, to: from }, value));
}

function assignment(line: Span, names: readonly string[], read: Read): void {
  const [head, variable] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\+?=/.exec(line.text) ?? [];
  if (head === undefined || variable === undefined) return;
  const start = line.from + head.length;
  const rest = line.text.slice(head.length);
  const broken = { text: rest, from: start, to: line.to, name: variable };
  const quote = /^["']/.exec(rest)?.[0];
  const inside =
    quote === undefined ? /^[^\s#;"']*/ : quote === '"' ? /^"((?:[^"\\]|\\[^])*)"/ : /^'([^']*)'/;
  const found = inside.exec(rest);
  const after = found ? rest.slice(found[0].length) : '';
  if (!found || /^[^\s#;]*["']/.test(after)) {
    read.broken.push({ ...broken, why: 'unbalanced' });
    return;
  }
  if (!names.some((name) => variable.startsWith(name))) return;
  if (/^\s+[^\s#;]/.test(after)) {
    read.broken.push({ ...broken, why: 'spaces' });
    return;
  }
  const text = found[1] ?? found[0];
  const from = start + (quote === undefined ? 0 : 1);
  read.lists.push({
    name: { text: variable, from: line.from + head.indexOf(variable), to: start },
    arguments: spansIn(text, from),
    value: { text, from, to: from + text.length },
    quoted: quote !== undefined,
    needsShell:
      !/^\s*(?:#.*)?$/.test(after) ||
      (quote === undefined ? /[`\\&|<>()]/ : /[`\n]/).test(quote === "'" ? '' : text),
  });
}

const spansIn = (text: string, from: number): Span[] =>
  [...text.matchAll(/(?:"[^"]*"|\\[^\s]|[^\s"\\])+/g)].map(({ 0: found, index }) => ({
    ...{ text: found, from: from + index },
    to: from + index + found.length,
  }));
