import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

/**
 * Runs `work` while nobody else holds `folder`. The lock is the kernel's (flock), so it ends with this process,
 * however that ends: there is no stale lock, and no file, to clean up.
 *
 * @template T
 * @param {string} folder
 * @param {string} waiting what to say when another process has it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(folder, waiting, work) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder = spawn('flock', [folder, 'sh', '-c', 'echo locked; cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // so that Ctrl-C doesn't reach it before we have cleaned up
  });
  const notice = setTimeout(() => console.log(waiting), 500);
  try {
    const [output] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'close')]);
    if (!String(output).startsWith('locked')) throw new Error(`Cannot lock ${folder}`);
    clearTimeout(notice);
    return await work();
  } finally {
    clearTimeout(notice);
    holder.stdin.end();
  }
}
