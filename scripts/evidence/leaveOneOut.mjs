/** @typedef {import('../../test/unit/diagnostics/cases.ts').Case} Case */
/** @typedef {{ set: string, id: string, forms: Case[] }} Report */

/**
 * How right the rules are on a report without what it alone has taught them: each alternative of their regular expressions
 * that matches in one report only, of all that are given, is left out when that report is judged. This is a lower bound:
 * a message of the kernel that one report happens to have is left out, too. An alternative decides if the report is judged
 * wrongly without it alone.
 *
 * @template {Report} R
 * @param {readonly R[]} reports
 * @param {typeof import('./watch.mjs')} watch
 * @param {(one: Case) => boolean} right
 */
export function leaveOneOut(reports, { matched, leaveOut, branch }, right) {
  const seen = reports.map(({ forms }) => {
    matched.clear();
    const before = forms.map(right).every(Boolean);
    return { before, keys: [...matched] };
  });
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const { keys } of seen) for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);

  const rows = reports.map(({ set, id, forms }, at) => {
    const { before = false, keys = [] } = seen[at] ?? {};
    const own = keys.filter((key) => times.get(key) === 1);
    const rightWithout = (/** @type {string[]} */ some) => {
      leaveOut(some);
      return forms.every(right);
    };
    const after = rightWithout(own);
    const decisive = before && !after ? own.filter((key) => !rightWithout([key])) : [];
    return { set, id, own, before, after, decisive };
  });
  leaveOut([]);
  const phrases = rows.flatMap(({ set, id, own, decisive }) =>
    own.map((key) => ({ set, id, ...branch(key), decides: decisive.includes(key) })),
  );
  return { rows, phrases, all: times.size };
}
