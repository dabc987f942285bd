import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../tools.mjs';

const answer = fileURLToPath(new URL('answer.mjs', import.meta.url));

/**
 * Makes a folder with all that ssh needs to reach a recorded host: an `sshd` with keys of its own, started by `ssh` itself for each
 * connection and talking over its pipes, so that nothing listens and nothing has to be stopped. Whoever logs in gets the recording.
 *
 * @param {string} name
 * @param {string} folder
 * @returns {string} the path of the ssh_config, in which the host is called by its name
 */
export function prepareReplay(name, folder) {
  const sshd = sshdPath();
  if (!sshd) throw new Error('Replaying needs sshd, of the package openssh-server; it need not run.');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = (/** @type {string} */ file) => join(folder, file);
  for (const key of ['host_key', 'client_key'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', at(key)]);
  // It refuses to start as root without.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });

  const publicKey = readFileSync(at('host_key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(at('known_hosts'), `${name} ${publicKey}\n`);
  const rules = [
    `HostKey ${quoted(at('host_key'))}`,
    `AuthorizedKeysFile ${quoted(at('client_key.pub'))}`,
    `ForceCommand ${[process.execPath, answer, name].map(shellQuoted).join(' ')}`,
    'PermitRootLogin prohibit-password',
    'AuthenticationMethods publickey',
    ...['UsePAM no', 'StrictModes no', 'DisableForwarding yes', 'PermitTTY no', 'PermitUserRC no'],
    ...['PrintMotd no', 'PidFile none', 'LogLevel ERROR'],
  ];
  writeFileSync(at('sshd_config'), `${rules.join('\n')}\n`);
  const server = [sshd, '-i', '-f', at('sshd_config'), '-E', at('sshd.log')];
  const host = [
    `Host ${name}`,
    `User ${userInfo().username}`,
    `HostKeyAlias ${name}`,
    `ProxyCommand ${server.map((word) => shellQuoted(word).replaceAll('%', '%%')).join(' ')}`,
    `IdentityFile ${quoted(at('client_key'))}`,
    'IdentitiesOnly yes',
    `UserKnownHostsFile ${quoted(at('known_hosts'))}`,
    'StrictHostKeyChecking yes',
  ];
  writeFileSync(at('ssh_config'), `${host.join('\n  ')}\n`);
  return at('ssh_config');
}

/** Where the server is; undefined if it isn't installed. */
const sshdPath = () =>
  (environment.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, 'sshd'))
    .find((path) => path.startsWith('/') && existsSync(path));

/** @param {string} path */
const quoted = (path) => `"${path.replaceAll('%', '%%')}"`;

/** @param {string} word */
const shellQuoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;
