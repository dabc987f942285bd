import * as v from 'valibot';
import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { Declared, FileProblem, Path } from '../model/declared/declared';
import { doubles, remarks } from './across';
import { firstAlias, placeOf } from './places';
import { issueText } from './issueText';
import { schema } from './schema';

export type Read =
  | {
      declared: Declared;
      warnings: FileProblem[];
      /** A problem with what is at that place of the file. */
      problemAt: (path: Path, text: string) => FileProblem;
    }
  | { problems: FileProblem[] };

/** No person writes a file larger than this. */
export const mostBytes = 1024 * 1024;
const mostProblems = 20;
const mostAliases = 100;

/** Reads `sriov.yaml`: what is declared, or what is wrong with it and where. Never throws. */
export function readDeclared(text: string): Read {
  const at = (problem: string) => ({ problems: [{ line: 1, column: 1, text: problem }] });
  if (text.length > mostBytes) return at('This is larger than 1 MiB.');
  try {
    return read(text);
  } catch (error) {
    return at(
      error instanceof RangeError ? 'This is nested too deeply.' : `This can't be read: ${String(error)}`,
    );
  }
}

function read(text: string): Read {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    ...{ version: '1.2', lineCounter: lines, prettyErrors: false, logLevel: 'error', uniqueKeys: true },
  });
  const problem = (offset: number, says: string): FileProblem => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), text: says };
  };
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (!document) return { problems: [problem(0, 'This is empty; a file begins with "version: 1".')] };
  const errors = documents.flatMap((one) => one.errors);
  if (errors.length > 0)
    return {
      problems: errors.slice(0, mostProblems).map(({ pos, message }) => problem(pos[0], firstLine(message))),
    };
  if (second) return { problems: [problem(second.range[0], 'There must be one document, not several.')] };
  const given = valueOf(document);
  if (given === 'aliases')
    return {
      problems: [
        problem(firstAlias(document), `There are too many aliases; at most ${mostAliases} are allowed.`),
      ],
    };
  if (Array.isArray(given.value))
    return { problems: [problem(0, 'This is a list; a file begins with "version: 1".')] };
  const at = (path: Path, key: boolean, says: string) => problem(placeOf(document, path, key), says);
  const parsed = v.safeParse(schema, given.value);
  if (!parsed.success)
    return {
      problems: inOrder(
        parsed.issues.map((issue) => {
          const { path, isKey, text: says } = issueText(issue);
          return at(path, isKey, says);
        }),
      ).slice(0, mostProblems),
    };
  const twice = doubles(parsed.output).map(({ path, text: says }) => at(path, false, says));
  if (twice.length > 0) return { problems: inOrder(twice).slice(0, mostProblems) };
  return {
    declared: parsed.output,
    warnings: remarks(parsed.output).map(({ path, text: says }) => at(path, false, says)),
    problemAt: (path, says) => at(path, false, says),
  };
}

/** The content of the document; nested aliases can expand to more than fits in memory. */
function valueOf(document: Document): { value: unknown } | 'aliases' {
  try {
    return { value: document.toJS({ maxAliasCount: mostAliases }) };
  } catch (error) {
    if (error instanceof ReferenceError) return 'aliases';
    throw error;
  }
}

const inOrder = (problems: FileProblem[]): FileProblem[] =>
  problems.sort((a, b) => a.line - b.line || a.column - b.column);

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';
