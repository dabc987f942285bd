import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { timed } from './progress.mjs';
import { run } from './run.mjs';

/**
 * What must be on the machine, and the Debian package that brings it. Of `commands`, one suffices.
 *
 * @typedef {{ package: string, commands?: string[], file?: string, why: string }} Tool
 */

/** @type {Tool[]} */
const TOOLS = [
  { package: 'npm', commands: ['npm'], why: 'installs the packages' },
  { package: 'git', commands: ['git'], why: 'version control' },
  { package: 'openssh-client', commands: ['ssh'], why: 'reaches hosts' },
  { package: 'tcsh', commands: ['tcsh'], why: 'a login shell that hosts have; the tests log in to it' },
  { package: 'fish', commands: ['fish'], why: 'another one' },
  { package: 'zsh', commands: ['zsh'], why: 'a shell that completes commands' },
  { package: 'shellcheck', commands: ['shellcheck'], why: 'checks the programs that run on hosts' },
];

/** @type {Tool[]} */
const VSCODE_HOST_TOOLS = [
  {
    package: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    why: 'shows the workbench',
  },
  {
    package: 'fonts-dejavu-core',
    file: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
    why: 'its letters',
  },
  { package: 'g++', commands: ['g++'], why: "builds VS Code's log writer" },
  { package: 'make', commands: ['make'], why: "builds VS Code's log writer" },
  { package: 'python3', commands: ['python3'], why: "builds VS Code's log writer" },
];

/**
 * Installs the missing tools as root on a Debian; otherwise says what to install, and throws.
 *
 * @param {{ vscodeHost: boolean }} parts
 */
export async function ensureTools({ vscodeHost }) {
  const missing = [...TOOLS, ...(vscodeHost ? VSCODE_HOST_TOOLS : [])].filter((tool) => !isThere(tool));
  if (missing.length === 0) return;
  const packages = missing.map((tool) => tool.package);
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    const needs = missing.map((tool) => `  ${tool.package}: ${tool.why}`).join('\n');
    const install = `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
    throw new Error(`Missing on this machine:\n${needs}\nInstall with:\n  ${install}`);
  }
  await timed(`Tools: installing ${packages.join(', ')}`, () => aptInstall(packages));
}

/** @param {string[]} packages */
async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  const install = ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends'];
  await run('apt-get', [...install, ...packages], { env });
}

/** @param {Tool} tool */
const isThere = (tool) => (tool.file ? existsSync(tool.file) : (tool.commands ?? []).some(onPath));

/** @param {string} command */
export function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => isExecutable(join(dir, command)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
