import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { debianArchive } from './apt.mjs';
import { exclusively } from './exclusive.mjs';
import { cache } from './image.mjs';
import { endOfLog } from './logs.mjs';
import { finished } from './programs.mjs';

/**
 * How QEMU is started.
 *
 * @typedef {object} Emulator
 * @property {string} file
 * @property {string[]} args before QEMU's own
 * @property {Record<string, string>} env
 */

/** @type {Emulator} */
export const installedQemu = { file: 'qemu-system-x86_64', args: [], env: {} };

/** Packages of Debian 13 with its backports: virtio-net has VFs since QEMU 10.1. */
const recipe = [
  '--variant=extract',
  '--include=qemu-system-x86',
  '--aptopt=Acquire::Languages "none"',
  '--aptopt=APT::Install-Recommends "false"',
  '--aptopt=APT::Default-Release "trixie-backports"',
];

/**
 * A newer QEMU than this computer's system has. Its packages are unpacked, and started by their own loader with their own
 * libraries, so nothing is installed and no root is needed.
 *
 * @returns {Promise<Emulator>}
 */
export async function ensureNewerQemu() {
  const tree = join(
    cache,
    `qemu-${createHash('sha256').update(recipe.join('\n')).digest('hex').slice(0, 16)}`,
  );
  if (!existsSync(tree))
    await exclusively(cache, 'Waiting for another build', async () => {
      if (!existsSync(tree)) await unpack(tree);
    });
  const libraries = join(tree, 'usr/lib/x86_64-linux-gnu');
  const data = ['usr/share/qemu', 'usr/share/seabios'].flatMap((folder) => ['-L', join(tree, folder)]);
  const program = join(tree, 'usr/bin/qemu-system-x86_64');
  return {
    file: join(tree, 'usr/lib64/ld-linux-x86-64.so.2'),
    args: ['--library-path', libraries, program, ...data],
    env: { QEMU_MODULE_DIR: join(libraries, 'qemu') },
  };
}

/** @param {string} tree */
async function unpack(tree) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'building-'));
  const log = join(folder, 'build.log');
  console.log('Unpacking a newer QEMU (once, about half a minute)');
  try {
    const archive = join(folder, 'packages.tar');
    const mirror = debianArchive()?.uri ?? 'http://deb.debian.org/debian';
    const sources = ['trixie', 'trixie-backports'].map((suite) => `deb ${mirror} ${suite} main`);
    await finished('mmdebstrap', [...recipe, 'trixie', archive, ...sources], log);
    mkdirSync(join(folder, 'tree'));
    await finished('tar', ['-C', join(folder, 'tree'), '-xf', archive, '--exclude=./dev/*'], log);
  } catch (error) {
    console.error(endOfLog(log));
    rmSync(folder, { recursive: true });
    throw error;
  }
  renameSync(join(folder, 'tree'), tree);
  rmSync(folder, { recursive: true });
}
