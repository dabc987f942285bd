import { HostError, type HostErrorPhase } from './host';

/** What OpenSSH prints when it gives up, where on the way that was, and what the user can do. First match wins. */
const failures: [RegExp, HostErrorPhase, (host: string) => string][] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/, 'host-key', (host) =>
    `The host key of ${host} is not the one in your known_hosts: somebody may be listening, or the machine was reinstalled. If you know that it was, remove the old key with "ssh-keygen -R ${host}".`],
  [/Host key verification failed|No .* host key is known/, 'host-key', (host) =>
    `The host key of ${host} is not known yet. Connect once with "ssh ${host}" in a terminal and check its fingerprint.`],
  [/Could not resolve hostname/, 'resolve', (host) => `The name ${host} could not be resolved; check it in your ssh configuration.`],
  [/Permission denied|Too many authentication failures/, 'login', (host) =>
    `${host} refused the login: no key or password was accepted. Try "ssh ${host}" in a terminal.`],
  [/Connection timed out|Operation timed out|timed out during banner/, 'connect', (host) => `${host} did not answer in time; is it up, and does a firewall let ssh through?`],
  [/Connection refused/, 'connect', (host) => `${host} answers, but nothing listens on its ssh port.`],
  [/No route to host|Network is unreachable/, 'connect', (host) => `There is no route to ${host}.`],
  [/Bad configuration option|no argument after keyword|terminating, \d+ bad configuration/, 'start', () => 'The ssh configuration has an error; ssh would not start.'],
  [/Can't open user config file/, 'start', () => 'The ssh configuration file could not be read.'],
  [/Broken pipe|closed by remote host|Connection reset|Timeout, server|mux_client|Connection closed/, 'lost', (host) => `The connection to ${host} broke.`],
]; // prettier-ignore

/** `begun`: the program had said something already, so it was the connection that broke, or the program that was killed. */
export function sshFailure(host: string, stderr: string, begun = false): HostError {
  if (begun) return new HostError('lost', `The connection to ${host} broke.`, stderr);
  const known = failures.find(([pattern]) => pattern.test(stderr));
  const [, phase, message] = known ?? [
    undefined,
    'connect' as const,
    () => `ssh could not connect to ${host}.`,
  ];
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return new HostError(phase, said ? `${message(host)} ssh said: ${said}` : message(host), stderr);
}
