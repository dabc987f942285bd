import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from './programs.mjs';

/**
 * The files that the lab adds to a plain Debian, as one archive: those in `guest`, and the keys and the password that
 * each image has of its own. The secrets that its users need stay in `folder`.
 *
 * @param {string} guest
 * @param {string} folder
 * @param {string} log
 * @returns {Promise<string>} the archive
 */
export async function makeOverlay(guest, folder, log) {
  const tree = join(folder, 'overlay');
  cpSync(guest, tree, { recursive: true });
  mkdirSync(join(tree, 'root/.ssh'), { recursive: true });

  const hostKey = join(tree, 'etc/ssh/ssh_host_ed25519_key');
  await keyPair(hostKey, 'sriov-lab-host', log);
  copyFileSync(`${hostKey}.pub`, join(folder, 'host_key.pub'));

  await keyPair(join(folder, 'client_key'), 'sriov-lab-client', log);
  copyFileSync(join(folder, 'client_key.pub'), join(tree, 'root/.ssh/authorized_keys'));

  const password = randomBytes(12).toString('base64url');
  for (const file of [join(folder, 'sudo-password'), join(tree, 'root/sudo-password')]) {
    writeFileSync(file, `${password}\n`, { mode: 0o600 });
  }

  const archive = join(folder, 'overlay.tar');
  await finished('tar', ['-C', tree, '--owner=0', '--group=0', '--mode=go-w', '-cf', archive, '.'], log);
  rmSync(tree, { recursive: true });
  return archive;
}

/**
 * @param {string} file
 * @param {string} comment
 * @param {string} log
 */
async function keyPair(file, comment, log) {
  await finished('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file], log);
}
