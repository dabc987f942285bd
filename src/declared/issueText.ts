import type { BaseIssue } from 'valibot';
import type { Path } from '../model/declared/declared';

/** What is wrong with a value, as a sentence, and where: at its key, if the key shouldn't be there. */
export function issueText(issue: BaseIssue<unknown>): { path: Path; isKey: boolean; text: string } {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const name = [...path].reverse().find((word) => typeof word === 'string') ?? 'The file';
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return { path, isKey: true, text: `"${name}" is not a key here.` };
  if (issue.type === 'strict_object' && /^"/.test(issue.expected ?? ''))
    return { path: path.slice(0, -1), isKey: false, text: `"${name}" is missing.` };
  return {
    path,
    isKey: false,
    text: issue.type === 'raw_check' ? issue.message : `"${name}" ${wrong(issue)}`,
  };
}

function wrong({ kind, type, expected, received, requirement, input }: BaseIssue<unknown>): string {
  const found = received.replace(/^Object$/, 'a map').replace(/^Array$/, 'a list');
  if (kind === 'schema') return `must be ${wanted(type, expected)}, not ${found}.`;
  switch (type) {
    case 'integer':
      return `must be a whole number, not ${found}.`;
    case 'min_value':
      return `must be at least ${String(requirement)}, not ${found}.`;
    case 'max_value':
      return `must be at most ${String(requirement)}, not ${found}.`;
    case 'min_length':
      return 'must not be empty.';
    default:
      return `can't be ${JSON.stringify(input)}.`;
  }
}

const wanted = (type: string, expected: string | null): string =>
  ({
    string: 'a string (perhaps in quotes)',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    strict_object: 'a map',
  })[type] ??
  (expected ?? '')
    .replace(/[()]/g, '')
    .replaceAll(' | ', ' or ')
    .replace('boolean', 'true, false')
    .replace('Object', 'a map')
    .replace('string', 'a text')
    .replace('number', 'a number');
