/** Seconds before the first tries, and before each one after them. */
const waits = [1, 2, 5, 10];
const longest = 30;

/** Seconds to wait before something that ended is tried again, after so many tries. */
export const secondsBefore = (tries: number): number => waits[tries] ?? longest;
