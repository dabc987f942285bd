import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { onPath } from '../../lab/tools.mjs';
import { timed } from './progress.mjs';
import { run } from './run.mjs';

/**
 * What must be on the machine, and the Debian package that brings it. Of `commands`, one suffices. `service`: what the package would
 * start, and nobody asked for.
 *
 * @typedef {{ package: string, commands?: string[], file?: string, service?: string, why: string }} Tool
 */

/** @type {Tool[]} */
const TOOLS = [
  { package: 'npm', commands: ['npm'], why: 'installs the packages' },
  { package: 'git', commands: ['git'], why: 'version control' },
  { package: 'openssh-client', commands: ['ssh'], why: 'reaches hosts' },
  {
    package: 'openssh-server',
    commands: ['sshd'],
    service: 'ssh',
    why: 'serves recorded hosts, started for each connection; its service need not run',
  },
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
  const services = missing.flatMap(({ service }) => service ?? []);
  await timed(`Tools: installing ${packages.join(', ')}`, () =>
    withoutStarting(services, () => aptInstall(packages)),
  );
}

/** What asks whether a package may start its services: `man invoke-rc.d`. */
const policy = '/usr/sbin/policy-rc.d';

/**
 * Installs what has services, and starts none of them, neither now nor with the next boot.
 *
 * @param {string[]} services
 * @param {() => Promise<void>} install
 */
async function withoutStarting(services, install) {
  const isOurs = services.length > 0 && !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
    for (const service of services) await run('update-rc.d', [service, 'disable']);
  } finally {
    if (isOurs) rmSync(policy);
  }
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
