import { loginCommand } from './bootstrap';
import { controlOptions } from './controlPath';
import { HostError, type Host } from './host';
import { shellHost } from './shellHost';
import { sshFailure } from './sshFailure';

export interface SshSettings {
  /** The ssh program; default `ssh`. */
  path?: string;
  /** As `ssh -F`. */
  configFile?: string;
  /** Seconds; default 10. */
  connectTimeout?: number;
  /** Default true: one connection serves every command. */
  reuseConnection?: boolean;
  /** True when ssh may ask on the terminal; else a prompt is a failure, never a hang. */
  interactive?: boolean;
}

/**
 * A host reached by the system's OpenSSH with the user's own configuration, agent and known_hosts. All programs share
 * one control connection, which outlives us by a minute. Host-key checking is the user's own setting.
 */
export function sshHost(destination: string, settings: SshSettings = {}): Host {
  const ssh = settings.path ?? 'ssh';
  const base = settings.configFile ? ['-F', settings.configFile] : [];
  let control: Promise<string[]> | undefined;
  const options = async () => [
    ...base,
    '-T',
    ...['-o', `ConnectTimeout=${settings.connectTimeout ?? 10}`],
    ...['-o', 'ServerAliveInterval=5', '-o', 'ServerAliveCountMax=3'],
    ...(settings.interactive ? [] : ['-o', 'BatchMode=yes']),
    ...(settings.reuseConnection === false ? [] : await (control ??= controlOptions(ssh, base, destination))),
  ];
  return shellHost({
    id: destination,
    async command(script) {
      if (destination.startsWith('-'))
        throw new HostError('resolve', `"${destination}" is not a host name.`, '');
      return [ssh, ...(await options()), '--', destination, loginCommand(script)];
    },
    check({ exitCode, stderr, stdout }) {
      if (exitCode === 255) throw sshFailure(destination, stderr, stdout !== '');
    },
  });
}
