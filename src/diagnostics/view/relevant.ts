import { bootPatterns, kernelPatterns, pastedPatterns } from '../../model/logPatterns';

/** A log of hundreds of thousands of lines is cut down by it before any rule reads it. */
const relevant = new RegExp([...bootPatterns, ...kernelPatterns, ...pastedPatterns].join('|'));
const matters = (line: string): boolean =>
  relevant.test((line.length > longest ? line.slice(0, longest) : line).toLowerCase());
/** Below this many lines everything is looked at. */
const few = 2000;
/** Of lines that differ only in numbers, and are about the same device, this many at the beginning and at the end are kept. */
const ofOneKind = 20;
const longest = 2000;

/** What a flood leaves of a log: the lines that may matter, without the thousandth repetition of one. */
export function relevantLines(lines: readonly string[]): readonly string[] {
  if (lines.length <= few) return lines;
  const kept = lines.filter(matters);
  if (kept.length <= few) return kept;
  const kinds = kept.map(kindOf);
  const left = new Map<string, number>();
  for (const kind of kinds) left.set(kind, (left.get(kind) ?? 0) + 1);
  const seen = new Map<string, number>();
  return kept.filter((_, at) => {
    const kind = kinds[at] ?? '';
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return before < ofOneKind || before >= (left.get(kind) ?? 0) - ofOneKind;
  });
}

const bdf = /[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/i;
const kindOf = (line: string): string =>
  `${bdf.exec(line)?.[0] ?? ''} ${line.slice(0, 300).replace(/[0-9a-f]*\d[0-9a-f.:]*/gi, '#')}`;
