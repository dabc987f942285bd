import type { AccessQuestion } from '../model/question';
import { HostError, type HostErrorPhase } from './host';
import { quoteAll } from '../model/quote';

/** What OpenSSH prints when it gives up, at which stage, and what the user can do. First match wins. */
const failures: [RegExp, HostErrorPhase, (host: string, stderr: string) => string][] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|POSSIBLE DNS SPOOFING/, 'host-key', (host, stderr) =>
    `The host key of ${host} does not match the one in your known_hosts${sentKey(stderr)}: someone may be intercepting the connection, or the machine was reinstalled. Ask its administrator; only if the new key is genuine, remove the old one with ${removal(host, stderr)} and connect again.`],
  [/Host key verification failed|No .* host key is known/, 'host-key', (host) =>
    `The host key of ${host} is not known yet, and there is no terminal to ask on. Connect once with ${quoted(['ssh', host])} in a terminal and check its fingerprint.`],
  [/Could not resolve hostname/, 'resolve', (host) => `The name ${host} could not be resolved; check it in your ssh configuration.`],
  [/Permission denied \(|Too many authentication failures/, 'login', (host) =>
    `${host} refused the login: no key or password was accepted. Try ${quoted(['ssh', host])} in a terminal.`],
  [/Connection timed out|Operation timed out|timed out during banner/, 'connect', (host) => `${host} did not answer in time; is it up, and does a firewall block ssh?`],
  [/Connection refused/, 'connect', (host) => `${host} refused the connection: nothing listens on its ssh port.`],
  [/No route to host|Network is unreachable/, 'connect', (host) => `There is no route to ${host}.`],
  [/Bad configuration option|no argument after keyword|terminating, \d+ bad configuration/, 'start', () => 'The ssh configuration has an error; ssh did not start.'],
  [/Can't open user config file/, 'start', () => 'The ssh configuration file could not be read.'],
  [/unix_listener: |too long for Unix domain socket|ControlPath too long/, 'start', () =>
    'ssh could not create the socket of its shared connection (ControlPath in your ssh configuration). Create the folder, or shorten the path.'],
  [/No user exists for uid/, 'start', () => 'ssh only runs for users with an account on this machine (an entry in /etc/passwd). Run it as such a user.'],
  [/Broken pipe|closed by remote host|Connection reset|Timeout, server|mux_client|Connection closed/, 'lost', (host) => `The connection to ${host} was lost; reconnect to continue.`],
]; // prettier-ignore

/**
 * `begun`: our shell had started, so the connection broke or the program was killed. `obstacle`: why ssh could not
 * ask a person.
 */
export function sshFailure(host: string, stderr: string, begun = false, obstacle?: string): HostError {
  if (begun)
    return new HostError('lost', `The connection to ${host} was lost; reconnect to continue.`, stderr);
  const known = failures.find(([pattern]) => pattern.test(stderr));
  const [, phase, message] = known ?? [
    undefined,
    'connect' as const,
    () => `ssh could not connect to ${host}.`,
  ];
  const said = stderr.trim().split('\n').at(-1) ?? '';
  const unasked = phase === 'login' || phase === 'host-key' ? obstacle : undefined;
  const text = [message(host, stderr), unasked, said && `ssh says: ${said}`].filter(Boolean).join(' ');
  return new HostError(phase, text, stderr);
}

/** An ssh question that nobody answered. A changed key is still explained. */
export function declinedFailure(host: string, { kind, prompt }: AccessQuestion, stderr: string): HostError {
  const failure = sshFailure(host, stderr);
  if (kind === 'host-key')
    return failure.message.includes('does not match the one in')
      ? failure
      : new HostError('declined', `The host key of ${host} was not accepted, so nothing was sent.`, stderr);
  const asked = prompt.trim().replace(/:$/, '');
  return new HostError('declined', `The login to ${host} was cancelled: no answer to "${asked}".`, stderr);
}

const sentKey = (stderr: string): string => {
  const [, type, fingerprint] =
    /fingerprint for the (\S+) key sent by the remote host is\s+(\S+?)\.?\s/.exec(stderr) ?? [];
  return fingerprint ? ` (it sent the ${type} key ${fingerprint})` : '';
};

/**
 * Debian's ssh prints the command; others at least give the name under which the key is known. The server's output before the
 * login (a banner) is mixed in, so the command is rebuilt from well-formed names.
 */
function removal(host: string, stderr: string): string {
  const [, file = '', of = ''] =
    /^\s*ssh-keygen -f ["']?(\/[^"'\s]+)["']? -R ["']?([^"'\s]+)["']?\s*$/m.exec(stderr) ?? [];
  if (/^[\w./@+-]+$/.test(file) && isName(of)) return quoted(['ssh-keygen', '-f', file, '-R', of]);
  const [, name = ''] = /Host key for (\S+) has changed/.exec(stderr) ?? [];
  return quoted(['ssh-keygen', '-R', isName(name) ? name : host]);
}

/** As in known_hosts: `gate.example`, `[127.0.0.1]:2222`. */
const isName = (text: string): boolean => /^[\w[][\w.:[\]-]*$/.test(text);

/** A command in a sentence. */
const quoted = (argv: string[]): string => `"${quoteAll(argv)}"`;
