import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from './state.mjs';

/** @param {string} name */
export function consoleLog(name) {
  return join(stateFolder(name), 'console.log');
}

/** @param {string} name */
export function qemuLog(name) {
  return join(stateFolder(name), 'qemu.log');
}

/**
 * What the guest said, one character per byte: positions in it are positions in the file.
 *
 * @param {string} name
 */
export function consoleText(name) {
  return existsSync(consoleLog(name)) ? readFileSync(consoleLog(name), 'latin1') : '';
}

/** @param {string} name */
export function qemuText(name) {
  return existsSync(qemuLog(name)) ? readFileSync(qemuLog(name), 'utf8').trim() : '';
}

/**
 * What a build that failed said last; empty when it said nothing yet.
 *
 * @param {string} log
 */
export function endOfLog(log) {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-40).join('\n') : '';
}

/** @param {string} name */
export function endOfConsole(name) {
  const lines = consoleText(name).split(/\r?\n/).slice(-30);
  return `--- the end of the guest's console ---\n${lines.join('\n')}\n---`;
}
