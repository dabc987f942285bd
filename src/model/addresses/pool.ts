import { format, parse, roleOf } from './ip';

/** Addresses from which the next free one is chosen. */
export interface AddressPool {
  first: bigint;
  last: bigint;
  bits: 32 | 128;
  prefix: number;
}

/**
 * Reads a pool: `192.0.2.0/24` is all hosts of that network, `192.0.2.10-192.0.2.50/24` a range of them. A returned text is
 * what is wrong with it.
 */
export function parsePool(text: string): AddressPool | string {
  const [, from = '', to, length = ''] = /^\s*([^-/\s]+?)(?:\s*-\s*([^/\s]+))?\/(\d+)\s*$/.exec(text) ?? [];
  const [start, end] = [parse(from), parse(to ?? from)];
  const prefix = Number(length);
  if (!start || !end || start.bits !== end.bits || prefix > start.bits)
    return `"${text}" is not a pool of addresses, such as 192.0.2.0/24 or 192.0.2.10-192.0.2.50/24.`;
  const { bits } = start;
  const size = 1n << BigInt(bits - prefix);
  const network = start.value - (start.value % size);
  const pool =
    to === undefined ? { first: network, last: network + size - 1n } : ends(start.value, end.value);
  if (pool.first > pool.last) return `The pool "${text}" ends before it begins.`;
  if (pool.last >= network + size)
    return `The pool "${text}" reaches beyond the network of its first address.`;
  return { ...pool, bits, prefix };
}

const ends = (first: bigint, last: bigint) => ({ first, last });

/** How many of a pool are tried: a host has fewer addresses than that. */
const most = 65536n;

/** The first address of a pool, with its prefix length, that nobody has; undefined when none is free. */
export const freeIn = (pool: AddressPool, taken: readonly string[]): string | undefined =>
  someFree(pool, taken, 1)[0];

/** The first addresses of a pool that nobody has: as many as are wanted, or fewer if there are no more. */
export function someFree(
  { first, last, bits, prefix }: AddressPool,
  taken: readonly string[],
  wanted: number,
): string[] {
  const free: string[] = [];
  const values = new Set(taken.flatMap((one) => parse(one.split('/')[0] ?? '')?.value ?? []));
  const end = last - first < most ? last : first + most;
  for (let value = first; value <= end && free.length < wanted; value += 1n) {
    const address = format({ value, bits });
    if (!values.has(value) && roleOf(address, prefix) === 'host') free.push(`${address}/${prefix}`);
  }
  return free;
}
