/** Decides what a run does by chance; `LAB_SEED=…` has it do the same again. */
export const seed = Number(process.env.LAB_SEED ?? Date.now() % 1_000_000);

/**
 * Some of the cases that are alike: as many as take their turn in a run, chosen and ordered by the seed. With LAB_ALL, all of
 * them, as they are.
 */
export const itsTurn = <T>(cases: readonly T[], count = 1): T[] =>
  process.env.LAB_ALL ? [...cases] : shuffled(cases, random(seed)).slice(0, count);

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A new array in an order that the numbers decide (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
