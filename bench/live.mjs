import { events } from './events.mjs';
import { idle } from './idle.mjs';
import { waterfall } from './waterfall.mjs';

/**
 * A bench on a machine of the lab that isn't a pair of commands: what goes on by itself while the workbench is open, and where the
 * time of a change goes.
 *
 * @callback LiveBench
 * @param {{ rounds: number, seconds: number }} howLong
 * @returns {Promise<import('./recorded.mjs').Found>}
 */

/** @type {Record<string, LiveBench>} */
export const liveBenches = { events, idle, waterfall };
