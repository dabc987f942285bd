import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { readDeclared } from '../../declared/readDeclared';
import type { Declared, FileProblem } from '../../model/declared/declared';
import { savedPlanIn, type SavedPlan } from '../../model/declared/savedPlan';
import type { Printer } from '../printer';
import { styled, type Line } from '../shown/styled';

type Says = Pick<Printer, 'progress' | 'failure' | 'answer'>;

interface Wanted {
  declared: Declared;
  /** The text that declares it. */
  text: string;
  /** Where the file is a plan that was saved. */
  saved?: SavedPlan;
}

/** What a file declares, with its warnings said; undefined when something is wrong with it, which is said then. */
export const declaredIn = async (file: string, print: Says, json: boolean): Promise<Declared | undefined> =>
  (await wantedIn(file, print, json, false))?.declared;

/** The same with its text, perhaps from a saved plan. */
export async function wantedIn(
  file: string,
  print: Says,
  json: boolean,
  mayBePlan: boolean,
): Promise<Wanted | undefined> {
  const text = await textOf(file).catch((error: unknown) => {
    print.failure(
      'unreadable',
      `Could not read ${file}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
  if (text === undefined) return undefined;
  const saved = mayBePlan ? savedPlanIn(text) : undefined;
  const read = readDeclared(saved?.file ?? text);
  if ('problems' in read) {
    print.progress(read.problems.map((one) => problemLine(file, styled('bad', 'error:'), one)));
    if (json) print.answer({ status: 'invalid', file, problems: read.problems }, () => '');
    return undefined;
  }
  if (read.warnings.length > 0)
    print.progress(read.warnings.map((one) => problemLine(file, styled('doubtful', 'warning:'), one)));
  return { declared: read.declared, text: saved?.file ?? text, ...(saved ? { saved } : {}) };
}

/** `FILE:LINE:COLUMN: error: …`, as compilers and editors write it. */
const problemLine = (file: string, kind: Line[0] & object, { line, column, text }: FileProblem): Line => [
  `${file}:${line}:${column}: `,
  kind,
  ` ${text}`,
];

const textOf = (file: string): Promise<string> =>
  file === '-' ? readAll(process.stdin) : readFile(file, 'utf8');
