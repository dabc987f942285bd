import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianArchive } from './apt.mjs';
import { exclusively } from './exclusive.mjs';
import { makeOverlay } from './overlay.mjs';
import { endOfLog } from './logs.mjs';
import { finished } from './programs.mjs';
import { provisioningArguments } from './qemu.mjs';
import { systems } from './systems.mjs';
import { isRoot } from './tools.mjs';

const lab = fileURLToPath(new URL('.', import.meta.url));
export const cache = join(
  process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  'sriov-workbench',
  'lab',
);

/**
 * Builds a system's disk image unless one of this very recipe is there.
 *
 * @param {import("./systems.mjs").SystemName} name
 * @returns {Promise<string>} the folder with disk.img, vmlinuz, initrd.img, client_key, host_key.pub and sudo-password
 */
export async function ensureImage(name) {
  const image = join(cache, `${name}-${recipeHash(systems[name])}`);
  if (existsSync(image)) return image;
  return exclusively(cache, 'Waiting for another build of the image', async () => {
    if (!existsSync(image)) await build(image, name);
    return image;
  });
}

/**
 * The recipe is the system's row, and every file that goes into the guest or says how it is made.
 *
 * @param {import("./systems.mjs").System} system
 */
function recipeHash(system) {
  const hash = createHash('sha256').update(JSON.stringify(system));
  for (const folder of ['guest', 'image']) {
    const files = readdirSync(join(lab, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const path of files.map((file) => join(file.path, file.name)).sort()) {
      const content = readFileSync(path);
      hash.update(`${path.slice(lab.length)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Works in a folder of its own and renames it at the end: an image is there whole, or not at all.
 *
 * @param {string} image
 * @param {import("./systems.mjs").SystemName} name
 */
async function build(image, name) {
  const { suite, packages } = systems[name];
  removeAbandonedBuilds();
  const folder = mkdtempSync(join(cache, 'building-'));
  const log = join(folder, 'build.log');
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  console.log(`Building the lab's disk image of ${name} (once, about three minutes)`);
  try {
    const overlay = await makeOverlay(join(lab, 'guest'), folder, log);
    const rootfs = join(folder, 'rootfs.tar');
    const mirror = debianArchive()?.uri;
    await finished(
      join(lab, 'image/rootfs.sh'),
      [overlay, rootfs, suite, packages.join(), ...(mirror ? [mirror] : [])],
      log,
    );
    console.log(`  packages unpacked after ${seconds()}`);
    const disk = [join(lab, 'image/disk.sh'), rootfs, folder];
    await (isRoot() ? finished('sh', disk, log) : finished('fakeroot', ['sh', ...disk], log));
    console.log(`  disk image made after ${seconds()}`);
    await finished('timeout', ['600', 'qemu-system-x86_64', ...provisioningArguments(folder)], log);
    if (!readFileSync(log, 'utf8').includes('lab: provisioned'))
      throw new Error("The guest's first boot made no containers.");
  } catch (error) {
    console.error(endOfLog(log));
    rmSync(folder, { recursive: true });
    throw error;
  }
  renameSync(folder, image);
  console.log(`  containers made after ${seconds()}: ${image}`);
}

/** The process that left them behind held the lock that is now ours, so nothing uses them. */
function removeAbandonedBuilds() {
  for (const name of readdirSync(cache)) {
    if (name.startsWith('building-')) rmSync(join(cache, name), { recursive: true });
  }
}
