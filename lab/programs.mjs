import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { environment } from './tools.mjs';

/**
 * Runs a program to its end, with what it says appended to a file.
 *
 * @param {string} program
 * @param {string[]} argv
 * @param {string} log
 */
export async function finished(program, argv, log) {
  const output = openSync(log, 'a');
  try {
    const child = spawn(program, argv, { stdio: ['ignore', output, output], env: environment });
    const [code, signal] = await once(child, 'close');
    if (code !== 0) throw new Error(`${program} ended with ${signal ?? code}`);
  } finally {
    closeSync(output);
  }
}
