/** An ssh destination, as a person writes it: an alias, `user@host:port`, an IPv6 address, `ssh://user@host:port`. */
import { isIP, isIPv4 } from './addresses/ip';

export interface Destination {
  user?: string;
  host: string;
  port?: string;
}

/** A returned text says what is wrong with it. Whether the host exists is for ssh to say. */
export function parseDestination(given: string): Destination | string {
  if (given === '') return 'Type a host, such as admin@203.0.113.7.';
  if (/[\s\0-\x1f\x7f]/.test(given)) return "A host can't contain spaces.";
  const scheme = /^(\w*):\/\//.exec(given)?.[1];
  if (scheme !== undefined && scheme !== 'ssh') return `Use ssh://, not ${scheme}://.`;
  const text = scheme === undefined ? given : given.slice('ssh://'.length).replace(/\/$/, '');
  if (scheme !== undefined && text.includes('/')) return "A host can't have a path.";
  const at = text.lastIndexOf('@');
  const user = at < 0 ? undefined : scheme === undefined ? text.slice(0, at) : decoded(text.slice(0, at));
  const place = placeOf(text.slice(at + 1));
  return (
    (user === undefined ? undefined : userProblem(user)) ?? placeProblem(place, user) ?? { user, ...place }
  );
}

export function destinationProblem(given: string): string | undefined {
  const read = parseDestination(given);
  return typeof read === 'string' ? read : undefined;
}

/** The one spelling of a destination that ssh takes: a port needs the `ssh://` form. */
export function destination(given: string): string {
  const read = parseDestination(given);
  if (typeof read === 'string') return given;
  const { user, host, port } = read;
  if (port === undefined) return `${user === undefined ? '' : `${user}@`}${host}`;
  const login = user === undefined ? '' : `${encoded(user)}@`;
  return `ssh://${login}${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Splits off the port; a text with several colons is an IPv6 address. */
function placeOf(text: string): { host: string; port?: string } {
  const [, inBrackets, outside] = /^\[(.*)\](?::(.*))?$/.exec(text) ?? [];
  if (inBrackets !== undefined) return { host: inBrackets, port: outside };
  const [host = '', port, ...rest] = text.split(':');
  return rest.length > 0 ? { host: text } : { host, port };
}

function placeProblem(
  { host, port }: { host: string; port?: string },
  user: string | undefined,
): string | undefined {
  if (host === '')
    return user === undefined ? 'The host is missing.' : `The host after "${user}@" is missing.`;
  if (host.startsWith('-')) return 'A host cannot start with "-".';
  const address = host.replace(/%[\w.-]+$/, '');
  if (host.includes(':') && !isIP(address)) return `"${host}" is not an IPv6 address.`;
  if (/^\d+(\.\d+){3}$/.test(host) && !isIPv4(host)) return `"${host}" is not an IPv4 address.`;
  const [odd] = /['"`$\\;&<>|(){},[\]]/.exec(host) ?? [];
  if (odd !== undefined) return `A host can't contain ${odd}`;
  if (port === '') return `The port after "${host}:" is missing.`;
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535))
    return `"${port}" is not a port, which is a number from 1 to 65535.`;
  return undefined;
}

/** What ssh takes for a user; a password isn't repeated. */
function userProblem(user: string): string | undefined {
  if (user === '') return 'The user before "@" is missing.';
  if (user.includes(':')) return 'Omit the password; ssh asks for it.';
  const [odd] = /^-|['"`;&<>|(){}]/.exec(user) ?? [];
  return odd === undefined ? undefined : `A user can't ${odd === '-' ? 'start with' : 'contain'} ${odd}`;
}

/** Escapes what would end the user in `ssh://`. */
const encoded = (user: string): string => user.replace(/[%@/]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
const decoded = (user: string): string =>
  user.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
