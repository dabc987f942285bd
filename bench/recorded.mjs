import { declared } from './declared.mjs';
import { growth } from './growth.mjs';
import { memory } from './memory.mjs';
import { paint } from './paint.mjs';
import { topology } from './topology.mjs';

/**
 * @typedef {object} Found
 * @property {unknown} figures
 * @property {string[]} missed what is over its aim by half
 * @property {string[]} lines the figures as a table
 */

/**
 * A bench on a recorded host, which takes no machine.
 *
 * @callback RecordedBench
 * @param {number} rounds
 * @returns {Promise<Found>}
 */

/** @type {Record<string, RecordedBench>} */
export const recordedBenches = { declared, growth, memory, paint, topology };
