import { execa } from 'execa';
import { parseDestination } from '../model/destination';
import type { AskPerson } from '../model/question';
import { openAskpass, type Askpass } from './askpass/askpass';
import { loginCommand } from './bootstrap';
import { controlOptions } from './controlPath';
import { HostError, type Host } from './host';
import { shellHost } from './shellHost';
import { declinedFailure, sshFailure } from './sshFailure';

export interface SshSettings {
  /** The ssh program; default `ssh`. */
  path?: string;
  /** As `ssh -F`. */
  configFile?: string;
  /** Seconds; default 10. */
  connectTimeout?: number;
  /** Default true: one connection serves every command. */
  reuseConnection?: boolean;
  /**
   * Who answers when ssh asks: a person, or the askpass program that the user's environment names. Nobody: then a question
   * is a failure, never a hang.
   */
  ask?: AskPerson | 'by environment';
}

/**
 * A host reached by the system's OpenSSH with the user's own configuration, agent and known_hosts. All programs share
 * one control connection, which outlives us by a minute. Host-key checking is the user's own setting.
 */
export function sshHost(destination: string, settings: SshSettings = {}): Host {
  const ssh = settings.path ?? 'ssh';
  const { login, port } = loginTo(destination);
  const base = [...(settings.configFile ? ['-F', settings.configFile] : []), ...port];
  // OpenSSH for Windows asks on a console only.
  const ask = process.platform === 'win32' ? undefined : settings.ask;
  let control: Promise<string[]> | undefined;
  let askpass: Askpass | undefined;
  const sharing = async () =>
    settings.reuseConnection === false ? [] : await (control ??= controlOptions(ssh, base, login));
  const options = async () => [
    ...base,
    '-T',
    '-x',
    ...['-o', `ConnectTimeout=${settings.connectTimeout ?? 10}`],
    // Three questions of the host's silence, four seconds each: a dead connection is noticed after twelve.
    ...['-o', 'ServerAliveInterval=4', '-o', 'ServerAliveCountMax=2'],
    ...(ask ? [] : ['-o', 'BatchMode=yes']),
    ...(await sharing()),
  ];
  return shellHost({
    id: destination,
    async command(script, fresh) {
      if (destination.startsWith('-'))
        throw new HostError(
          'resolve',
          `"${destination}" is not a host name: it begins with "-", as an option of ssh does.`,
          '',
        );
      if (typeof ask === 'function') askpass ??= await openAskpass(destination, ask);
      askpass?.begin();
      return [ssh, ...(fresh ? alone : []), ...(await options()), '--', login, loginCommand(script)];
    },
    surroundings: () => ({ env: askpass?.env, isAsking: askpass?.isAsking }),
    check({ exitCode, stderr, stdout }) {
      if (exitCode !== 255) return;
      const declined = askpass?.declined();
      throw declined
        ? declinedFailure(destination, declined, stderr)
        : sshFailure(destination, stderr, stdout !== '');
    },
    async hangUp() {
      const shared = await sharing();
      if (shared.length > 0)
        await execa(ssh, [...base, ...shared, '-O', 'exit', '--', login], { reject: false });
    },
    dispose() {
      askpass?.close();
      askpass = undefined;
      return Promise.resolve();
    },
  });
}

/** The port by its own option: ssh takes no IPv6 address in the `ssh://` form. */
function loginTo(destination: string): { login: string; port: string[] } {
  const read = destination.startsWith('ssh://') ? parseDestination(destination) : destination;
  if (typeof read === 'string') return { login: destination, port: [] };
  const { user, host, port } = read;
  return {
    login: user === undefined ? host : `${user}@${host}`,
    port: port === undefined ? [] : ['-p', port],
  };
}

/** ssh takes the first value that it is given of an option. */
const alone = ['-o', 'ControlMaster=no', '-o', 'ControlPath=none'];
