import { l10n as english } from '../fakeL10n';

/** Each text that was asked for. */
export const met = new Set<string>();

/** `vscode.l10n` of a language that has no letter of English: `⟦Ňøțĥīňğ īș āțțāčĥěđ.⟧`. What still has one wasn't translated, or is a value. */
export const l10n: typeof english = {
  t(text, ...given) {
    const message = typeof text === 'string' ? text : text.message;
    met.add(message);
    const translated = foreign(message);
    return `⟦${typeof text === 'string' ? english.t(translated, ...given) : english.t({ ...text, message: translated })}⟧`;
  },
};

/** Places stay: `{0}`. */
const foreign = (text: string): string => text.replace(/[A-Za-z](?![^{]*})/g, (letter) => other(letter));

const other = (letter: string): string => {
  const at = english26.indexOf(letter.toLowerCase());
  const found = [...foreign26][at] ?? letter;
  return letter === letter.toLowerCase() ? found : found.toUpperCase();
};
const english26 = 'abcdefghijklmnopqrstuvwxyz';
const foreign26 = 'āƀčđěƒğĥīĵķľḿňøƥɋřșțūṽŵẋỳž';

/** What the core says, marked as its own: it stays English. */
export const said = (text: string): string => `⟪${text}⟫`;
export const unmarked = (text: string): string => text.replaceAll(/[⟪⟫]/g, '');

/** The lines of a text in which something is English, besides what the core said, `names`, and what is no word: paths and what has a digit. */
export function englishIn(text: string, names: readonly string[]): string[] {
  let ours = text;
  for (let before = ''; before !== ours;) {
    before = ours;
    ours = ours.replaceAll(/⟪[^⟪⟫]*⟫/g, '…');
  }
  const known = new RegExp(`(?<![\\w-])(${longestFirst(names).map(literally).join('|')})(?![\\w-])`, 'g');
  return ours
    .split('\n')
    .filter((line) => /[A-Za-z]{2}/.test(line.replaceAll(known, ' ').replaceAll(noWord, ' ')));
}

const noWord = /(?<![^\s⟦:])(\/|[^\s⟦⟧]*\d)[^\s⟦⟧]*/g;
const longestFirst = (all: readonly string[]): string[] => [...all].sort((a, b) => b.length - a.length);
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
