import { spawn } from 'node:child_process';

const LINES_SHOWN_ON_FAILURE = 30;

/**
 * Runs a program silently; what it printed is shown only when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} its standard output and error, interleaved
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.once('error', (cause) => reject(new Error(`Cannot run ${command}: ${cause.message}`, { cause })));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-LINES_SHOWN_ON_FAILURE).join('\n');
      reject(new Error(`${[command, ...args].join(' ')} failed (${signal ?? `exit ${code}`}):\n${tail}`));
    });
  });
}
