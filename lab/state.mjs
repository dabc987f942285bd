import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What a checkout knows about a machine that it started.
 *
 * @typedef {object} State
 * @property {number} pid
 * @property {number} port
 * @property {string} sockets
 * @property {string} image
 * @property {string} accelerator
 * @property {boolean} ready
 */

export const states = fileURLToPath(new URL('.state/', import.meta.url));

/** @param {string} name */
export function stateFolder(name) {
  return join(states, name);
}

/** @returns {string[]} the variants that left something here, running or not */
export function startedVariants() {
  if (!existsSync(states)) return [];
  const entries = readdirSync(states, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/**
 * @param {string} name
 * @returns {State | undefined}
 */
export function readState(name) {
  const file = join(stateFolder(name), 'state.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * @param {string} name
 * @param {State} state
 */
export function writeState(name, state) {
  mkdirSync(stateFolder(name), { recursive: true, mode: 0o700 });
  const file = join(stateFolder(name), 'state.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** @param {string} name */
export function removeState(name) {
  const sockets = readState(name)?.sockets;
  if (sockets) rmSync(sockets, { recursive: true, force: true });
  rmSync(stateFolder(name), { recursive: true, force: true });
}

/**
 * Whether the recorded process is still the QEMU that was started for this very folder: a pid alone may meanwhile
 * belong to anybody.
 *
 * @param {string} name
 */
export function isRunning(name) {
  const state = readState(name);
  if (!state) return false;
  try {
    const argv = readFileSync(`/proc/${state.pid}/cmdline`, 'utf8').split('\0');
    return (
      argv[0]?.endsWith('qemu-system-x86_64') === true &&
      argv.some((one) => one.includes(`${stateFolder(name)}/`))
    );
  } catch {
    return false;
  }
}
