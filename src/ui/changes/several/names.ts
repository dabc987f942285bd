import { l10n } from 'vscode';
import { interfaceNameProblem } from '../../../model/values';

/** Where the number goes. */
export const place = '{n}';
/** Numbers that are tried. */
const most = 10_000;

/**
 * Names by a pattern: `eth{n}` counts from 0, `eth4` from 4; those that are taken are skipped. A single one may be any name. A text
 * is what is wrong with the pattern.
 */
export function namesBy(pattern: string, taken: readonly string[], count: number): string[] | string {
  const numbered = numbering(pattern);
  if (!pattern.includes(place) && count === 1) {
    const problem = interfaceNameProblem(pattern, taken);
    return problem ?? [pattern];
  }
  if (!numbered)
    return l10n.t('The names must differ: put {0} where the number goes, as in {1}.', place, `eth${place}`);
  const names: string[] = [];
  for (let number = numbered.first; names.length < count && number < numbered.first + most; number += 1) {
    const name = numbered.nameOf(number);
    const problem = interfaceNameProblem(name);
    if (problem !== undefined) return problem;
    if (!taken.includes(name)) names.push(name);
  }
  return names;
}

function numbering(pattern: string): { first: number; nameOf: (number: number) => string } | undefined {
  if (pattern.includes(place))
    return { first: 0, nameOf: (number) => pattern.replaceAll(place, String(number)) };
  const [, stem, digits] = /^(.*?)(\d{1,6})$/.exec(pattern) ?? [];
  return digits === undefined
    ? undefined
    : {
        first: Number(digits),
        nameOf: (number) => `${stem}${String(number).padStart(digits.length, '0')}`,
      };
}
