import { bootPatterns, kernelPatterns, pastedPatterns } from '../../model/logPatterns';

/** A log of hundreds of thousands of lines is cut down by it before any rule reads it. */
const relevant = new RegExp([...bootPatterns, ...kernelPatterns, ...pastedPatterns].join('|'));
const matters = (line: string): boolean =>
  relevant.test((line.length > longest ? line.slice(0, longest) : line).toLowerCase());
/** Below this many lines everything is looked at. */
const few = 2000;
/** Of lines that differ only in numbers, and are about the same device, this many at the beginning and at the end are kept. */
const ofOneKind = 20;
/** More than this is a flood of many kinds, which are taken more broadly until it is less. */
const most = 4000;
const longest = 2000;

/** What a flood leaves of a log: the lines that may matter, without the thousandth repetition of one. */
export const relevantLines = (lines: readonly string[]): readonly string[] =>
  lines.length <= few ? lines : withoutRepetition(lines.filter(matters), (line) => line);

/** The first and the last of each kind. */
export function withoutRepetition<One>(all: readonly One[], textOf: (one: One) => string): readonly One[] {
  let left = all;
  for (const kindOf of kinds) {
    if (left.length <= (left === all ? few : most)) return left;
    left = endsOfEach(left, (one) => kindOf(textOf(one)));
  }
  return left.length <= most ? left : [...left.slice(0, most / 2), ...left.slice(-most / 2)];
}

function endsOfEach<One>(all: readonly One[], kindOf: (one: One) => string): One[] {
  const each = all.map(kindOf);
  const left = new Map<string, number>();
  for (const kind of each) left.set(kind, (left.get(kind) ?? 0) + 1);
  const seen = new Map<string, number>();
  return all.filter((_, at) => {
    const kind = each[at] ?? '';
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return before < ofOneKind || before >= (left.get(kind) ?? 0) - ofOneKind;
  });
}

const bdf = /[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/i;
const withoutNumbers = (line: string): string => line.slice(0, 300).replace(/[0-9a-f]*\d[0-9a-f.:]*/gi, '#');
/** From what differs in numbers alone, and is about one device, to what begins alike. */
const kinds: ((line: string) => string)[] = [
  (line) => `${bdf.exec(line)?.[0] ?? ''} ${withoutNumbers(line)}`,
  withoutNumbers,
  (line) => withoutNumbers(line).slice(0, 40),
];
