import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { timed } from './progress.mjs';
import { run } from './run.mjs';

/**
 * Installs the project's own npm packages unless the lock file is the one they were installed from.
 *
 * @param {string} root the checkout
 */
export async function ensurePackages(root) {
  const stamp = join(root, 'node_modules', '.installed-from');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await timed('npm packages: npm ci', () => run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root }));
  writeFileSync(stamp, wanted);
}
