import type { ConfigurationFile } from '../model/configuration';
import type { FileChange } from '../model/plan';
import { argumentLists, type ArgumentList } from './argumentLists';
import { changed, type ArgumentsChange } from './arguments';
import { hasArgument } from './commandLine';
import type { BootFile } from './files';

/** Edits of files that hold a kernel command line. A sentence instead of edits says why there can be none. */
export type Edits = FileChange[] | string;

/** A file with its argument lists, and the new text of each. */
interface Draft {
  path: string;
  before: string;
  lists: { list: ArgumentList; value: string }[];
}

/** The change, made in all files of a kind, in the order in which the boot loader's tools read them. */
export function editFiles(files: ConfigurationFile[], kind: BootFile, change: ArgumentsChange): Edits {
  const drafts: Draft[] = [];
  for (const { path, text } of files) {
    if (text === null) return `${path} is not plain text`;
    const { lists, broken } = argumentLists(text, kind);
    const exact = lists.filter(({ name }) => kind.form !== 'assignments' || kind.names.includes(name.text));
    const odd =
      exact.find(({ needsShell }) => needsShell)?.name ??
      broken.find(({ name }) => kind.names.includes(name));
    if (odd) return `${path} has a line that only a shell can evaluate (${lineAt(text, odd.from).trim()})`;
    drafts.push({ path, before: text, lists: exact.map((list) => ({ list, value: list.value.text })) });
  }
  const problem =
    kind.form === 'assignments' ? assign(drafts, kind, change) : changeEach(drafts, kind, change);
  if (typeof problem === 'string') return problem;
  return drafts
    .map((draft) => ({
      path: draft.path,
      before: draft.before,
      after: written(draft, kind) + (problem?.get(draft) ?? ''),
    }))
    .filter(({ before, after }) => before !== after);
}

/**
 * Arguments are removed from every assignment, and added to the last assignment of the first of `names` that is assigned at
 * all: `GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX more"` adds to the previous value, and a plain assignment replaces it. If
 * none is assigned, a line is added at the end of the first file.
 */
function assign(
  drafts: Draft[],
  { names, paths: [home] }: BootFile,
  { add, remove }: ArgumentsChange,
): Map<Draft, string> | string {
  const all = drafts.flatMap(({ lists }) => lists);
  for (const one of all) one.value = changed(one.value, { add: [], remove });
  const name = names.find((other) => all.some(({ list }) => list.name.text === other));
  const target = all.findLast(({ list }) => list.name.text === name);
  if (target) target.value = changed(target.value, { add, remove: [] });
  if (target || add.length === 0) return new Map();
  const file = drafts.find(({ path }) => path === home);
  if (!file) return `${home} does not exist`;
  const [newest = ''] = names;
  const gap = file.before === '' || file.before.endsWith('\n') ? '' : '\n';
  return new Map([[file, `${gap}${newest}="${add.join(' ')}"\n`]]);
}

/** Every entry of every menu, or the one line that a file is. */
function changeEach(drafts: Draft[], { form }: BootFile, change: ArgumentsChange): string | undefined {
  const paths = drafts.map(({ path }) => path).join(', ');
  if (drafts.every(({ lists }) => lists.length === 0))
    return form === 'line' ? `${paths} is empty` : `${paths} has no line with kernel arguments`;
  for (const one of drafts.flatMap(({ lists }) => lists)) one.value = changed(one.value, change);
  return undefined;
}

/** The file with its new values; an unquoted one gets quotes if a shell reads it. */
const written = ({ before, lists }: Draft, { form }: BootFile): string =>
  lists.reduceRight((text, { list, value }) => {
    if (value === list.value.text) return text;
    const mark = form === 'assignments' && !list.quoted ? '"' : '';
    return text.slice(0, list.value.from) + mark + value + mark + text.slice(list.value.to);
  }, before);

const lineAt = (text: string, at: number): string =>
  text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n')[0] ?? '';

/** Whether an argument to remove is in any of these files. */
export const mentions = (files: ConfigurationFile[], argument: string): boolean =>
  files.some(({ text }) =>
    (text ?? '')
      .split('\n')
      .some((line) => !/^\s*#/.test(line) && hasArgument(line.replace(/["']/g, ' '), argument)),
  );
