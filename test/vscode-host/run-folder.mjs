import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startJanitor } from './janitor.mjs';

/**
 * @typedef {object} RunFolder
 * @property {string} dir
 * @property {string} userDataDir
 * @property {string} extensionsDir
 * @property {string} browserProfile
 * @property {Record<string, string>} env sends what VS Code and Chromium write elsewhere into this folder too
 * @property {(group: number) => void} guard takes this process group along, should this process be killed
 * @property {() => void} remove
 */

/**
 * Makes the one place that everything of a run is written to. It is gone after the run, however that ends.
 *
 * @param {{ userDataDir?: string, extensionsDir?: string }} [elsewhere] folders that the caller has, and keeps
 * @returns {RunFolder}
 */
export function createRunFolder({ userDataDir, extensionsDir } = {}) {
  // A short name: sockets are made in here, and a socket's path may have 104 characters.
  const dir = mkdtempSync(join(tmpdir(), 'sriov-'));
  const janitor = startJanitor(dir);
  /** @param {string} name */
  const subfolder = (name, options = {}) => {
    const path = join(dir, name);
    mkdirSync(path, { recursive: true, ...options });
    return path;
  };
  return {
    dir,
    userDataDir: userDataDir ? resolve(userDataDir) : subfolder('user-data'),
    extensionsDir: extensionsDir ? resolve(extensionsDir) : subfolder('extensions'),
    browserProfile: subfolder('chromium'),
    env: {
      XDG_CONFIG_HOME: subfolder('config'),
      XDG_DATA_HOME: subfolder('data'),
      XDG_CACHE_HOME: subfolder('cache'),
      XDG_RUNTIME_DIR: subfolder('run', { mode: 0o700 }),
      TMPDIR: subfolder('t'),
    },
    guard: janitor.ends,
    remove: () => {
      janitor.dismiss();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
