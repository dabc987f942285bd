import { parseDestination } from '../model/destination';
import type { AskPerson } from '../model/question';
import { openAskpass, type Askpass } from './askpass/askpass';
import { loginCommand, terminalCommand } from './bootstrap';
import { noSharing, sharing, type Sharing } from './controlPath';
import { loadExeca } from './execa';
import { HostError, type Host } from './host';
import { shellHost } from './shellHost';
import { declinedFailure, sshFailure } from './sshFailure';
import { plainSession, sshConfig } from './sshOptions';

/** How we log in according to the user's configuration; read once per connection. */
interface Login {
  options: string[];
  shared: Sharing;
}

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
   * Who answers ssh's questions: a person, or the askpass program that the user's environment names. Without one, a question
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
  const { target, port } = targetOf(destination);
  const base = [...(settings.configFile ? ['-F', settings.configFile] : []), ...port];
  // OpenSSH for Windows asks on a console only.
  const ask = process.platform === 'win32' ? undefined : settings.ask;
  let plan: Promise<Login> | undefined;
  let askpass: Askpass | undefined;
  const planned = async (): Promise<Login> => {
    const config = await sshConfig(ssh, base, target);
    const options = [...base, ...plainSession(config)];
    const reuse = settings.reuseConnection !== false;
    return { options, shared: reuse ? await sharing(ssh, options, target, config) : noSharing };
  };
  const login = () => {
    if (destination.startsWith('-'))
      throw new HostError(
        'resolve',
        `"${destination}" is not a host name: it starts with "-", like an ssh option.`,
        '',
      );
    return (plan ??= planned());
  };
  const timeout = ['-o', `ConnectTimeout=${settings.connectTimeout ?? 10}`];
  const allOptions = ({ options, shared }: Login) => [
    ...options,
    ...timeout,
    // Three keepalives without an answer, four seconds each: a dead connection is noticed after twelve.
    ...['-o', 'ServerAliveInterval=4', '-o', 'ServerAliveCountMax=2'],
    ...(ask && askpass?.obstacle === undefined ? [] : ['-o', 'BatchMode=yes']),
    ...shared.options,
  ];
  return shellHost({
    id: destination,
    async command(argv, fresh) {
      const by = await login();
      if (typeof ask === 'function') askpass ??= await openAskpass(destination, ask);
      askpass?.begin();
      const options = [...(fresh ? alone : []), ...allOptions(by)];
      return [ssh, ...options, '--', target, loginCommand(argv)];
    },
    async terminal(program) {
      const { options, shared } = await login();
      // It uses a session on an existing connection, and never holds one for others.
      const guest = shared.isOurs ? ['-o', 'ControlMaster=no'] : [];
      return [
        ...[ssh, ...options, ...timeout, ...guest, ...shared.options, '-t'],
        ...['--', target, terminalCommand(program)],
      ] as [string, ...string[]];
    },
    surroundings: () => ({ env: askpass?.env, isAsking: askpass?.isAsking }),
    check({ exitCode, stderr, reached }) {
      if (exitCode !== 255) return;
      plan = undefined;
      const declined = askpass?.declined();
      throw declined
        ? declinedFailure(destination, declined, stderr)
        : sshFailure(destination, stderr, reached !== 'login', askpass?.obstacle);
    },
    async hangUp() {
      const { options, shared } = await login();
      plan = undefined;
      if (!shared.isOurs) return;
      const { execa } = await loadExeca();
      await execa(ssh, [...options, ...shared.options, '-O', 'exit', '--', target], { reject: false });
    },
    dispose() {
      askpass?.close();
      askpass = undefined;
      return Promise.resolve();
    },
  });
}

/** The port by its own option: ssh takes no IPv6 address in the `ssh://` form. */
function targetOf(destination: string): { target: string; port: string[] } {
  const read = destination.startsWith('ssh://') ? parseDestination(destination) : destination;
  if (typeof read === 'string') return { target: destination, port: [] };
  const { user, host, port } = read;
  return {
    target: user === undefined ? host : `${user}@${host}`,
    port: port === undefined ? [] : ['-p', port],
  };
}

/** ssh uses the first value of an option. */
const alone = ['-o', 'ControlMaster=no', '-o', 'ControlPath=none'];
