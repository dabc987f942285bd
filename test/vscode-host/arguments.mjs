import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** Flags that @vscode/test-electron always passes and that mean nothing to a workbench in a browser. */
const IGNORED = [
  'no-sandbox',
  'disable-gpu-sandbox',
  'disable-updates',
  'skip-welcome',
  'skip-release-notes',
  'disable-workspace-trust',
];

const flag = /** @type {const} */ ({ type: 'boolean' });
const value = /** @type {const} */ ({ type: 'string' });

/**
 * @typedef {object} TestRun
 * @property {string[]} extensions folders of the extensions under development
 * @property {string} tests the module whose `run()` is the test suite
 * @property {string} [folder] the folder to open
 * @property {string} [userDataDir]
 * @property {string} [extensionsDir]
 * @property {boolean} disableExtensions keep installed extensions off
 */

/**
 * Takes the desktop's command line. A flag it doesn't know is an error, not a test run that silently differs.
 *
 * @param {string[]} argv
 * @returns {TestRun}
 */
export function parseArguments(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(IGNORED.map((name) => [name, flag])),
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: value,
      'user-data-dir': value,
      'extensions-dir': value,
      'disable-extensions': flag,
    },
  });
  const { extensionDevelopmentPath = [], extensionTestsPath } = values;
  if (!extensionTestsPath)
    throw new Error('This launcher only runs extension tests: give --extensionTestsPath.');
  const [folder] = positionals;
  if (folder && !statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder.`);
  return {
    extensions: extensionDevelopmentPath.map((path) => resolve(path)),
    tests: resolve(extensionTestsPath),
    folder: folder && resolve(folder),
    userDataDir: values['user-data-dir'],
    extensionsDir: values['extensions-dir'],
    disableExtensions: values['disable-extensions'] ?? false,
  };
}
