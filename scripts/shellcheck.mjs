// shellcheck over every shell script that git knows, or would: by its name, or by its first line.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && existsSync(file) && isShell(file));
if (files.length === 0) throw new Error('there is no shell script to check');
const { status, error } = spawnSync('shellcheck', files, { stdio: 'inherit' });
if (error) throw new Error(`shellcheck could not be run (${error.message}); "npm run setup" installs it`);
console.log(`shellcheck: ${files.length} files`);
process.exitCode = status ?? 1;

/** @param {string} file */
function isShell(file) {
  if (file.endsWith('.sh')) return true;
  if (/\.[a-z]+$/.test(file)) return false;
  return /^#!.*\b(ba|da)?sh\b/.test(readFileSync(file, 'latin1').slice(0, 60));
}
