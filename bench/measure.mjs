/**
 * One phase of a bench: what is timed, and what must hold after it. `check` is given what was printed and throws where it isn't
 * complete or the host is not as it should be; its time doesn't count.
 *
 * @typedef {object} Phase
 * @property {string} name
 * @property {number} aim the most that ours may take, in times of the other's; of the medians
 * @property {() => Promise<void>} [ready] waits, before the time begins, until ours can
 * @property {() => Promise<string>} ours
 * @property {() => Promise<string>} theirs
 * @property {(printed: string, whose: 'ours' | 'theirs') => Promise<void> | void} check
 */

/**
 * Phases that follow each other and lead back to where they began, such as attach and detach.
 *
 * @typedef {object} Bench
 * @property {string} name
 * @property {string} against what the other side is
 * @property {() => Promise<string>} state what must be the same before each round
 * @property {Phase[]} phases
 * @property {() => Promise<void>} [end]
 */

/**
 * @typedef {object} Figure
 * @property {string} phase
 * @property {string} against
 * @property {number} aim
 * @property {number} rounds that succeeded on both sides
 * @property {number} failures
 * @property {Spread} ours milliseconds
 * @property {Spread} theirs milliseconds
 * @property {Spread} ratio `median` is the ratio of the medians; `least` and `most` are of pairs
 *
 * @typedef {{ median: number, least: number, most: number }} Spread
 */

const oursFirst = /** @type {const} */ (['ours', 'theirs']);
const theirsFirst = /** @type {const} */ (['theirs', 'ours']);

/**
 * Runs a bench in pairs, ours and the other's in turn, each beginning every second round, after one to warm up. What fails is counted,
 * and said.
 *
 * @param {Bench} bench
 * @param {number} rounds
 * @param {(problem: string) => void} complain
 * @returns {Promise<Figure[]>} one per phase
 */
export async function inPairs({ name, against, state, phases }, rounds, complain) {
  /** @type {Map<string, { ours: number, theirs: number }[]>} */
  const pairs = new Map(phases.map((phase) => [phase.name, []]));
  let failures = 0;
  const before = await state();
  // The first finds everything cold, and doesn't count.
  for (let round = 0; round <= rounds; round += 1) {
    /** @type {Record<'ours' | 'theirs', number[]>} */
    const took = { ours: [], theirs: [] };
    try {
      for (const whose of round % 2 ? theirsFirst : oursFirst) {
        for (const phase of phases) {
          await phase.ready?.();
          const start = performance.now();
          const printed = await phase[whose]();
          took[whose].push(performance.now() - start);
          await phase.check(printed, whose);
        }
        const after = await state();
        if (after !== before)
          throw new Error(`${whose} left the host otherwise: ${difference(before, after)}`);
      }
    } catch (error) {
      failures += 1;
      complain(`${name}, round ${round}: ${error instanceof Error ? error.message : String(error)}`);
      // Whoever left it so: what follows would be measured in another state.
      if ((await state()) !== before) throw new Error(`${name}: the host is not as it was.`);
      continue;
    }
    if (round === 0) continue;
    phases.forEach((phase, at) =>
      pairs.get(phase.name)?.push({ ours: took.ours[at] ?? NaN, theirs: took.theirs[at] ?? NaN }),
    );
  }
  return phases.map(({ name: phase, aim }) => {
    const all = pairs.get(phase) ?? [];
    const [ours, theirs] = [spread(all.map((pair) => pair.ours)), spread(all.map((pair) => pair.theirs))];
    const ratio = {
      ...spread(all.map((pair) => pair.ours / pair.theirs)),
      median: ours.median / theirs.median,
    };
    return { phase, against, aim, rounds: all.length, failures, ours, theirs, ratio };
  });
}

/**
 * @param {string} before
 * @param {string} after
 */
function difference(before, after) {
  const [was, is] = [before, after].map((text) => text.split('\n'));
  return [
    ...(was ?? []).filter((line) => !is?.includes(line)).map((line) => `- ${line}`),
    ...(is ?? []).filter((line) => !was?.includes(line)).map((line) => `+ ${line}`),
  ].join('; ');
}

/**
 * @param {number[]} all
 * @returns {Spread}
 */
export function spread(all) {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (/** @type {number} */ index) => sorted[index] ?? NaN;
  const half = Math.floor(sorted.length / 2);
  return {
    median: sorted.length % 2 ? at(half) : (at(half - 1) + at(half)) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  };
}
