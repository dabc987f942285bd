import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from './state.mjs';

/** The guest's accounts, each under the name that ssh knows it by. */
const accounts = {
  'sriov-lab': 'root',
  'sriov-lab-nfv': 'nfv',
  'sriov-lab-sudo': 'sudoer',
  'sriov-lab-plain': 'plain',
};

/**
 * Writes what ssh needs to reach a machine and to be sure that it is the right one.
 *
 * @param {string} name
 * @param {string} image
 * @param {number} port
 */
export function writeAccess(name, image, port) {
  const folder = stateFolder(name);
  const key = readFileSync(join(image, 'host_key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(join(folder, 'known_hosts'), `[127.0.0.1]:${port} ${key}\n`);
  const users = Object.entries(accounts).map(([alias, user]) => `Host ${alias}\n  User ${user}\n`);
  const common = [
    `Host ${Object.keys(accounts).join(' ')}`,
    'HostName 127.0.0.1',
    `Port ${port}`,
    `IdentityFile ${quoted(join(image, 'client_key'))}`,
    'IdentitiesOnly yes',
    `UserKnownHostsFile ${quoted(join(folder, 'known_hosts'))}`,
    'StrictHostKeyChecking yes',
  ];
  writeFileSync(sshConfig(name), `${users.join('\n')}\n${common.join('\n  ')}\n`);
  copyFileSync(join(image, 'sudo-password'), join(folder, 'sudo-password'));
}

/** @param {string} name */
export function sshConfig(name) {
  return join(stateFolder(name), 'ssh_config');
}

/** @param {string} name */
export function answersSsh(name) {
  const argv = ['-F', sshConfig(name), '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5', 'sriov-lab', 'true'];
  return spawnSync('ssh', argv, { timeout: 15_000 }).status === 0;
}

/** @param {string} path */
function quoted(path) {
  return `"${path.replaceAll('%', '%%')}"`;
}
