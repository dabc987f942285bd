import type { ConfigurationFile } from '../../model/configuration';
import { hasArgument } from '../../model/configuration';
import type { FileChange } from '../../model/plan';
import { changed, type ArgumentsChange } from './arguments';

/** Edits of files that hold a kernel command line. A sentence instead of edits says why there can be none. */
export type Edits = FileChange[] | string;

/**
 * `NAME="…"` in files that a shell reads in this order, as GRUB's tools do: what goes, goes everywhere; what comes, comes
 * into the last assignment of the first of `names` that is assigned at all, and else as a line of its own into `home`.
 */
export function editAssignments(
  files: ConfigurationFile[],
  names: string[],
  home: string,
  change: ArgumentsChange,
): Edits {
  const read: { path: string; before: string; lines: Line[] }[] = [];
  for (const { path, text } of files) {
    if (text === null) return `${path} is not plain text`;
    const lines = text.split('\n').map((line) => parse(line, names));
    const odd = lines.find((line) => line.odd);
    if (odd) return `${path} has a line that only a shell understands (${odd.raw.trim()})`;
    read.push({ path, before: text, lines });
  }
  const assignments = read.flatMap(({ lines }) => lines.filter(({ name }) => name !== null));
  const removed = (value: string) => changed(value, { add: [], remove: change.remove });
  for (const line of assignments) line.value = removed(line.value);
  // GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX more" adds to what was before; a plain assignment starts anew.
  const name = names.find((one) => assignments.some((line) => line.name === one));
  const target = assignments.findLast((line) => line.name === name);
  if (target) target.value = changed(target.value, { add: change.add, remove: [] });
  const edits = read.map(({ path, before, lines }) => ({ path, before, after: lines.map(print).join('\n') }));
  if (!target && change.add.length > 0) {
    const file = edits.find(({ path }) => path === home);
    if (!file) return `${home} is not there`;
    const [newest = ''] = names;
    file.after = `${file.after.replace(/\n*$/, '\n')}${newest}="${change.add.join(' ')}"\n`;
  }
  return edits.filter(({ before, after }) => before !== after);
}

interface Line {
  raw: string;
  /** `null`: some other line. */
  name: string | null;
  head: string;
  original: string;
  value: string;
  tail: string;
  odd: boolean;
}

function parse(raw: string, names: string[]): Line {
  const other = { raw, name: null, head: '', original: '', value: '', tail: '', odd: false };
  const [, head = '', name = '', rest = ''] = /^(\s*(?:export\s+)?([A-Za-z_]\w*)\+?=)(.*)$/.exec(raw) ?? [];
  if (!names.includes(name)) return other;
  const quoted = /^"((?:[^"\\`]|\\.)*)"(\s*(?:#.*)?)$/.exec(rest) ?? /^'([^']*)'(\s*(?:#.*)?)$/.exec(rest);
  const bare = /^([^\s"'`\\;&|<>()]*)(\s*(?:#.*)?)$/.exec(rest);
  const [, value, tail = ''] = quoted ?? bare ?? [];
  if (value === undefined) return { ...other, odd: true };
  return { raw, name, head, original: value, value, tail, odd: false };
}

const print = ({ raw, name, head, original, value, tail }: Line): string => {
  if (name === null || value === original) return raw;
  const mark = raw.slice(head.length).startsWith("'") ? "'" : '"';
  return `${head}${mark}${value}${mark}${tail}`;
};

/** Lines such as `options root=…` of a loader entry or `append …` of extlinux.conf: every one in every file. */
export function editLines(files: ConfigurationFile[], word: RegExp, change: ArgumentsChange): Edits {
  const edits: FileChange[] = [];
  let found = false;
  for (const { path, text } of files) {
    if (text === null) return `${path} is not plain text`;
    const after = text.replace(/^.*$/gm, (line) => {
      const [, head = '', rest] = new RegExp(`^(\\s*(?:${word.source})\\s+)(.*)$`, 'i').exec(line) ?? [];
      if (rest === undefined) return line;
      found = true;
      return `${head}${changed(rest, change)}`;
    });
    if (after !== text) edits.push({ path, before: text, after });
  }
  return found
    ? edits
    : `no line with a kernel's arguments is in ${files.map(({ path }) => path).join(', ')}`;
}

/** A file that is one command line and nothing else, with comments at most: /etc/kernel/cmdline, cmdline.txt. */
export function editWhole({ path, text }: ConfigurationFile, change: ArgumentsChange): Edits {
  if (text === null) return `${path} is not plain text`;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  if (at < 0) return `${path} is empty`;
  const after = lines.map((line, index) => (index === at ? changed(line, change) : line)).join('\n');
  return after === text ? [] : [{ path, before: text, after }];
}

/** Whether what shall go is in any of these files, and so can be taken out of them. */
export const mentions = (files: ConfigurationFile[], argument: string): boolean =>
  files.some(({ text }) =>
    (text ?? '')
      .split('\n')
      .some((line) => !/^\s*#/.test(line) && hasArgument(line.replace(/["']/g, ' '), argument)),
  );
