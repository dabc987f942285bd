import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const vsce = fileURLToPath(new URL('../../node_modules/@vscode/vsce/vsce', import.meta.url));

/**
 * Packages an extension that is already built.
 *
 * @param {string} folder the extension's
 * @param {string} vsix the file to write
 */
export async function packVsix(folder, vsix) {
  const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', vsix];
  await promisify(execFile)(process.execPath, [vsce, 'package', ...options], { cwd: folder });
}
