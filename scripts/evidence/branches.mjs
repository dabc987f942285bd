/**
 * The alternatives of a regular expression, each with what is left of it without that alternative, and with it alone.
 * Parts keep their brackets, so that groups keep their numbers.
 */

/**
 * `others` are the alternatives to it and to what it stands in.
 *
 * @typedef {{ from: number, to: number, others: { from: number }[] }} Branch
 */

/**
 * Those that say something word for word, and that a match can't do without: what is optional or forbidden isn't one.
 *
 * @param {string} source
 * @returns {Branch[]}
 */
export function branchesOf(source) {
  /** @type {{ open: string, from: number, bars: number[], inside: Branch[] }[]} */
  const stack = [{ open: '', from: 0, bars: [], inside: [] }];
  for (const { 0: token, index } of source.matchAll(
    /\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|:|<\w+>))?|\||\)/gs,
  )) {
    const top = stack.at(-1);
    if (!top) break;
    if (token.startsWith('(')) stack.push({ open: token, from: index + token.length, bars: [], inside: [] });
    else if (token === '|') top.bars.push(index);
    else if (token === ')') {
      stack.pop();
      const optional = /^(?:[?*]|\{0?,)/.test(source.slice(index + 1));
      if (!optional && !top.open.endsWith('!')) stack.at(-1)?.inside.push(...closed(source, top, index));
    }
  }
  return stack[0] ? closed(source, stack[0], source.length) : [];
}

/**
 * @param {string} source
 * @param {{ open: string, from: number, bars: number[], inside: Branch[] }} group
 * @param {number} end
 * @returns {Branch[]}
 */
function closed(source, { open, from, bars, inside }, end) {
  const starts = [from, ...bars.map((bar) => bar + 1)];
  const siblings = starts.map((start, at) => ({ from: start, to: bars[at] ?? end }));
  const own = open === '' || bars.length > 0 ? siblings.map((one) => ({ ...one, others: [] })) : [];
  return [...own, ...inside]
    .filter((one) => /[A-Za-z]{4}/.test(wordsOf(source.slice(one.from, one.to))))
    .map((one) => ({
      ...one,
      others: [...one.others, ...siblings.filter(({ from: start, to }) => one.from < start || one.from > to)],
    }));
}

/**
 * What a pattern says, without what it only describes.
 *
 * @param {string} pattern
 */
const wordsOf = (pattern) =>
  pattern
    .replace(/\[(?:\\.|[^\]\\])*\][*+?]?|\\[bBdDwWsS][*+?]?|\{[\d,]+\}|\(\?(?:<?[=!]|:|<\w+>)/g, ' ')
    .replace(/\\(.)/g, '$1');

/**
 * The pattern without some of its alternatives.
 *
 * @param {string} source
 * @param {readonly { from: number }[]} left
 */
export const without = (source, left) =>
  [...left]
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from }) => `${text.slice(0, from)}(?!)${text.slice(from)}`, source);
