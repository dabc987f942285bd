/** Addresses as numbers: just enough to tell whether a gateway can be reached through an interface. */

export const isIPv4 = (text: string): boolean => parse(text)?.bits === 32;
export const isIP = (text: string): boolean => parse(text) !== undefined;

export interface Address {
  value: bigint;
  bits: 32 | 128;
}

/** The address as a number, or undefined when the text isn't one. IPv4 without leading zeros; IPv6 as in RFC 4291. */
export function parse(text: string): Address | undefined {
  if (text.includes(':')) return parseIPv6(text);
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

/** The address as text; IPv6 as in RFC 5952: the longest run of at least two zero groups is `::`. */
export function format({ value, bits }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  );
  const runs = [...groups.join(':').matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const [longest] = runs.sort((a, b) => b.length - a.length);
  if (longest === undefined) return groups.join(':');
  const [before = '', after = ''] = `:${groups.join(':')}:`.split(`:${longest}:`);
  return `${before.slice(1)}::${after.slice(0, -1)}`;
}

function parseIPv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail] = groups.map(expandIPv4);
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return undefined;
  const all = tail ? [...head, ...Array<string>(missing).fill('0'), ...tail] : head;
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n) };
}

/** `::ffff:192.0.2.1`: the last group may be an IPv4 address. */
function expandIPv4(groups: string[]): string[] {
  const last = groups.at(-1);
  if (!last?.includes('.')) return groups;
  const four = parse(last);
  if (four?.bits !== 32) return ['bad'];
  return [...groups.slice(0, -1), (four.value >> 16n).toString(16), (four.value & 0xffffn).toString(16)];
}

/** True when `address` lies in the network of `cidr`, such as 192.0.2.10/24. */
export function inNetwork(address: string, cidr: string): boolean {
  const [base = '', prefix] = cidr.split('/');
  const one = parse(address);
  const other = parse(base);
  if (!one || !other || one.bits !== other.bits) return false;
  const shift = BigInt(one.bits - Number(prefix ?? one.bits));
  return one.value >> shift === other.value >> shift;
}

/** True when an address has bits beyond its prefix length, so that it names a host and not a network. */
export function hostBits(address: string, prefix: number): boolean {
  const one = parse(address);
  return one !== undefined && (one.value & ((1n << BigInt(one.bits - prefix)) - 1n)) !== 0n;
}

/** True when two texts, with or without a prefix length, are the same address, however they are written. */
export function sameAddress(one: string, other: string): boolean {
  const a = bare(one);
  const b = bare(other);
  // IPv4 is written in one way only.
  if (!a.includes(':') || !b.includes(':')) return a === b && isIP(a);
  const value = parse(a)?.value;
  return value !== undefined && value === parse(b)?.value;
}

const bare = (text: string): string => text.replace(/\/.*/, '');

/**
 * The role of an address in its network: the first one names the network, and the last one of IPv4 is the broadcast address. A network of
 * one or two addresses (/31, /32, /127, /128) has hosts only.
 */
export function roleOf(address: string, prefix: number): 'network' | 'broadcast' | 'host' {
  const one = parse(address);
  if (!one || one.bits - prefix < 2) return 'host';
  if (!hostBits(address, prefix)) return 'network';
  const last = (1n << BigInt(one.bits - prefix)) - 1n;
  return one.bits === 32 && (one.value & last) === last ? 'broadcast' : 'host';
}
