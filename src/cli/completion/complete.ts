import { exit } from '../exitCodes';
import type { Printer } from '../printer';
import { wanted, type Wanted, type Word } from './wanted';

/** Prints what may come next. Failures are not reported while somebody types. */
export async function complete(words: readonly string[], print: Pick<Printer, 'text'>): Promise<number> {
  const next = wanted(words);
  const live = next.names.length === 0 ? [] : await named(next).catch(() => []);
  const offered = [...next.words, ...live].filter(
    ({ word }) => word.startsWith(next.typed) && isTypedAsItIs(word),
  );
  const lines = offered.map(({ word, says }) => `${next.before}${word}\t${says}`);
  const answer = [...lines, ...(next.files ? [':files'] : [])].map((line) => line.replaceAll('\n', ' '));
  if (answer.length > 0) print.text(answer.join('\n'));
  return exit.done;
}

/** Most words need no host. */
const named = async (next: Wanted): Promise<Word[]> => (await import('./names')).names(next);

/** Names that a shell would act on are not offered: others chose these names, and they end up in a command line. */
const isTypedAsItIs = (word: string): boolean => /^[\p{L}\p{N}_./@:+-]+$/u.test(word);
