import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 5_000;

/**
 * Ends a process group. Only its leader gets the signal: the extension host then sees that the server is gone, and gives
 * extensions the time to clean up.
 *
 * @param {number | undefined} leader undefined: it never started
 */
export async function stopGroup(leader) {
  if (leader === undefined) return;
  const deadline = Date.now() + LIMIT_MS;
  send('SIGTERM', leader);
  while (send(0, -leader) && Date.now() < deadline) await sleep(50);
  send('SIGKILL', -leader);
}

/**
 * @param {NodeJS.Signals | 0} signal
 * @param {number} target a process, or if negative a group
 * @returns {boolean} whether there is such a one
 */
function send(signal, target) {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}
