import type { FileChange } from './plan';

/** A file's change as a unified difference, with three lines around each change. */
export function unifiedDifference({ path, before, after }: FileChange): string[] {
  const marked = compare(linesOf(before), linesOf(after));
  const near = marked.map((_, index) =>
    marked.slice(Math.max(0, index - 3), index + 4).some(({ mark }) => mark !== ' '),
  );
  let old = 0;
  let fresh = 0;
  const body = marked.flatMap(({ mark, line }, index) => {
    old += mark === '+' ? 0 : 1;
    fresh += mark === '-' ? 0 : 1;
    if (!near[index]) return [];
    const begins = index === 0 || !near[index - 1];
    const from = mark === '+' ? old + 1 : old;
    const to = mark === '-' ? fresh + 1 : fresh;
    return [...(begins ? [`@@ -${from} +${to} @@`] : []), `${mark}${line}`];
  });
  return [
    `--- ${before === null ? '/dev/null' : path}`,
    `+++ ${after === null ? '/dev/null' : path}`,
    ...body,
  ];
}

interface Marked {
  mark: ' ' | '-' | '+';
  line: string;
}

const linesOf = (text: string | null): string[] => (text === null ? [] : text.replace(/\n$/, '').split('\n'));

/** Equal lines at both ends stay; in between, a longest common subsequence does. Configuration files are short. */
function compare(before: string[], after: string[]): Marked[] {
  let start = 0;
  while (start < before.length && before[start] === after[start] && start < after.length) start += 1;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const same = (line: string): Marked => ({ mark: ' ', line });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

function middle(before: string[], after: string[]): Marked[] {
  const kept = commonLines(before, after);
  const result: Marked[] = [];
  let from = 0;
  let to = 0;
  for (const [old, fresh] of [...kept, [before.length, after.length] as const]) {
    for (; from < old; from += 1) result.push({ mark: '-', line: before[from] ?? '' });
    for (; to < fresh; to += 1) result.push({ mark: '+', line: after[to] ?? '' });
    if (old < before.length) result.push({ mark: ' ', line: before[old] ?? '' });
    from = old + 1;
    to = fresh + 1;
  }
  return result;
}

/** Pairs of indexes of a longest common subsequence. */
function commonLines(before: string[], after: string[]): (readonly [number, number])[] {
  const best = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = best[i];
      if (row) row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;)
    if (before[i] === after[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  return pairs;
}
