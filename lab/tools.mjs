import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { archiveWith } from './apt.mjs';

/** The first QEMU that emulates a card with SR-IOV (`-device igb`). */
const qemuNeeded = [8, 1];

/** The programs the lab runs, each with the Debian package that has it. */
const programs = {
  'qemu-system-x86_64': 'qemu-system-x86',
  mmdebstrap: 'mmdebstrap',
  mke2fs: 'e2fsprogs',
  ssh: 'openssh-client',
  flock: 'util-linux',
  ...(isRoot() ? {} : { fakeroot: 'fakeroot', newuidmap: 'uidmap' }),
};

const backportsFile = '/etc/apt/sources.list.d/sriov-lab-backports.sources';

/** Where the lab's programs are looked for: administrators' folders too, which a user's PATH may lack. */
export const environment = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };

/**
 * Makes sure that QEMU and the image builder are here. Installs them as root; says what to run as anybody else.
 * Quick when there is nothing to do.
 */
export function ensureLabTools() {
  const packages = missingPackages();
  if (packages.length === 0) return;
  if (!onPath('apt-get')) {
    throw new Error(
      `The lab needs ${packages.join(', ')} (QEMU ${qemuNeeded.join('.')} or newer). Please install them.`,
    );
  }
  const steps = installation(packages);
  if (!isRoot()) {
    throw new Error(
      `The lab needs ${packages.join(', ')}. As root, run:\n${steps.map((step) => `  ${step}`).join('\n')}`,
    );
  }
  console.log(`Installing ${packages.join(', ')}`);
  for (const step of steps) run(step);
  const still = missingPackages();
  if (still.length > 0) throw new Error(`Installed, and still missing or too old: ${still.join(', ')}`);
}

function missingPackages() {
  const missing = Object.entries(programs).filter(([program]) => !onPath(program));
  const packages = missing.map(([, name]) => name);
  if (packages.includes('qemu-system-x86') || qemuIsNewEnough()) return packages;
  return ['qemu-system-x86', ...packages];
}

/** @param {string[]} packages */
function installation(packages) {
  const install = 'DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends';
  const others = packages.filter((name) => name !== 'qemu-system-x86');
  const steps = ['apt-get update -q'];
  if (packages.includes('qemu-system-x86')) {
    const { backports, suite } = qemuSource();
    if (backports)
      steps.unshift(`printf '%s\\n' ${backports.map((line) => `'${line}'`).join(' ')} > ${backportsFile}`);
    steps.push(`${install} ${suite ? `-t ${suite} ` : ''}qemu-system-x86`);
  }
  if (others.length > 0) steps.push(`${install} ${others.join(' ')}`);
  return steps;
}

/** Debian 12's own QEMU is too old: take it from the backports suite of the archive that apt already uses. */
function qemuSource() {
  const codename = /^VERSION_CODENAME=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
  if (codename !== 'bookworm') return {};
  const suite = 'bookworm-backports';
  if (archiveWith(suite)) return { suite };
  const archive = archiveWith('bookworm');
  if (!archive) throw new Error('apt has no Debian archive configured: cannot tell where to take QEMU from.');
  const lines = ['Types: deb', `URIs: ${archive.uri}`, `Suites: ${suite}`, 'Components: main'];
  return { suite, backports: archive.signedBy ? [...lines, `Signed-By: ${archive.signedBy}`] : lines };
}

function qemuIsNewEnough() {
  const { stdout } = spawnSync('qemu-system-x86_64', ['--version'], { encoding: 'utf8', env: environment });
  const [major = 0, minor = 0] =
    /version (\d+)\.(\d+)/
      .exec(stdout ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  const [wantedMajor = 0, wantedMinor = 0] = qemuNeeded;
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** @param {string} step one shell command, printed so that the machine's owner knows what changed */
function run(step) {
  console.log(`+ ${step}`);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', step], { encoding: 'utf8', env: environment });
  if (status !== 0) throw new Error(`${step}\n${stdout}${stderr}`);
}

/** @param {string} program */
export function onPath(program) {
  return environment.PATH.split(':').some((folder) => isExecutable(`${folder}/${program}`));
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

export function isRoot() {
  return process.getuid?.() === 0;
}
