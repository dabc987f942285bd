import { events } from './events.mjs';
import { idle } from './idle.mjs';

/**
 * A bench of what goes on by itself while the workbench is open, on a machine of the lab.
 *
 * @callback LiveBench
 * @param {{ rounds: number, seconds: number }} howLong
 * @returns {Promise<import('./recorded.mjs').Found>}
 */

/** @type {Record<string, LiveBench>} */
export const liveBenches = { events, idle };
