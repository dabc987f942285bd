import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianArchive } from './apt.mjs';
import { exclusively } from './exclusive.mjs';
import { endOfLog } from './logs.mjs';
import { finished } from './programs.mjs';
import { emulatedClocks, grubInstallingArguments } from './qemu.mjs';
import { systems } from './systems.mjs';

const script = fileURLToPath(new URL('grub/install.sh', import.meta.url));
/** GRUB's own tools, and those of a boot loader that this computer can't start, but whose configuration they make here, too. */
const packages = ['grub-pc-bin', 'grub2-common', 'u-boot-menu'];
const mebibyte = 1024 * 1024;

/**
 * The disk of a machine that starts by itself: the lab's disk as the first partition of a larger one, with GRUB installed
 * by its own tools. Made once per image and configuration, beside the image.
 *
 * @param {string} image the folder of the lab's image
 * @param {import("./variants.mjs").Variant} variant
 * @returns {Promise<string>} the disk image
 */
export async function ensureGrubDisk(image, variant) {
  const configuration = grubConfiguration(variant);
  const hash = createHash('sha256')
    .update(readFileSync(script))
    .update(configuration)
    .update(packages.join());
  const disk = join(image, `grub-${hash.digest('hex').slice(0, 16)}.img`);
  if (existsSync(disk)) return disk;
  return exclusively(dirname(image), 'Waiting for another build of an image', async () => {
    if (!existsSync(disk)) await build(image, variant, disk);
    return disk;
  });
}

/**
 * What Debian's installer would write, but for a serial console. What the lab itself needs is in `GRUB_CMDLINE_LINUX`; the
 * administrator's part is in `GRUB_CMDLINE_LINUX_DEFAULT`.
 *
 * @param {import("./variants.mjs").Variant} variant
 */
function grubConfiguration({ engines, kernelArgs }) {
  return `# If you change this file, run 'update-grub' afterwards to update
# /boot/grub/grub.cfg.

GRUB_DEFAULT=0
GRUB_TIMEOUT=0
GRUB_DISTRIBUTOR=\`lsb_release -i -s 2> /dev/null || echo Debian\`
GRUB_CMDLINE_LINUX_DEFAULT="quiet ${kernelArgs}"
GRUB_CMDLINE_LINUX="rw console=ttyS0 ${emulatedClocks} lab.engines=${engines}"

# Uncomment to disable graphical terminal (grub-pc only)
GRUB_TERMINAL=serial
`;
}

/**
 * @param {string} image
 * @param {import("./variants.mjs").Variant} variant
 * @param {string} disk
 */
async function build(image, variant, disk) {
  const folder = mkdtempSync(join(image, 'grub-building-'));
  const log = join(folder, 'build.log');
  const started = Date.now();
  console.log("Building the lab's disk with GRUB (once, about a minute)");
  try {
    const archive = join(folder, 'packages.tar');
    const mirror = debianArchive()?.uri;
    await finished(
      'mmdebstrap',
      [
        '--variant=extract',
        `--include=${packages.join()}`,
        '--aptopt=Acquire::Languages "none"',
        ...[systems[variant.system].suite, archive],
        ...(mirror ? [mirror] : []),
      ],
      log,
    );
    addInstaller(folder, grubConfiguration(variant));
    await finished('tar', ['-C', folder, '-rf', archive, './lab-grub'], log);
    const building = join(folder, 'disk.img');
    await finished(
      'dd',
      [`if=${join(image, 'disk.img')}`, `of=${building}`, 'bs=1M', 'seek=1', 'conv=sparse'],
      log,
    );
    writePartitionTable(building);
    const argv = grubInstallingArguments(image, building, archive);
    await finished('timeout', ['300', 'qemu-system-x86_64', ...argv], log);
    if (!readFileSync(log, 'utf8').includes('lab: grub installed'))
      throw new Error('GRUB could not be installed in the guest.');
    renameSync(building, disk);
  } catch (error) {
    console.error(endOfLog(log));
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`  made after ${Math.round((Date.now() - started) / 1000)} s: ${disk}`);
}

/**
 * @param {string} folder
 * @param {string} configuration
 */
function addInstaller(folder, configuration) {
  const own = join(folder, 'lab-grub');
  mkdirSync(own);
  writeFileSync(join(own, 'install.sh'), readFileSync(script));
  writeFileSync(join(own, 'default'), configuration);
}

/**
 * One bootable Linux partition from the first mebibyte to the end: the room before it is GRUB's.
 *
 * @param {string} disk
 */
function writePartitionTable(disk) {
  const start = mebibyte / 512;
  const entry = Buffer.alloc(16);
  entry.writeUInt8(0x80, 0); // bootable
  entry.writeUInt8(0x83, 4); // Linux
  entry.writeUInt32LE(start, 8);
  entry.writeUInt32LE(statSync(disk).size / 512 - start, 12);
  const file = openSync(disk, 'r+');
  writeSync(file, entry, 0, 16, 446);
  writeSync(file, Buffer.from([0x55, 0xaa]), 0, 2, 510);
  closeSync(file);
}
