import { growth } from './growth.mjs';
import { memory } from './memory.mjs';
import { paint } from './paint.mjs';

/**
 * A bench on a recorded host, which takes no machine.
 *
 * @callback RecordedBench
 * @param {number} rounds
 * @returns {Promise<{ figures: unknown, missed: string[], lines: string[] }>} `missed`: what is over its aim by half; `lines`: the
 *   figures as a table
 */

/** @type {Record<string, RecordedBench>} */
export const recordedBenches = { growth, memory, paint };
