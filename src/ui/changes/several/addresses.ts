import { l10n } from 'vscode';
import { parsePool, someFree } from '../../../model/addresses/pool';
import type { HostSnapshot } from '../../../model/snapshot';
import { splitAddresses } from '../answers';

/**
 * Addresses for several interfaces, one list for each: the next free ones of each pool of a text, or `dhcp`. A text is what is
 * wrong with it. `besides`: what nobody is to get, though nobody has it.
 */
export function addressesBy(
  text: string,
  snapshot: HostSnapshot,
  count: number,
  besides: string[] = [],
): string[][] | string {
  const words = splitPools(text);
  const byHand = words.filter((word) => word !== 'dhcp');
  const both = words.length > byHand.length && byHand.find((word) => !word.includes(':'));
  if (both) return l10n.t('DHCP provides the IPv4 address; omit either {0} or dhcp.', both);
  const taken = [...takenOn(snapshot), ...besides];
  const columns: string[][] = words.length > byHand.length ? [Array<string>(count).fill('dhcp')] : [];
  for (const word of byHand) {
    const pool = parsePool(word);
    if (typeof pool === 'string') return pool;
    const free = someFree(pool, taken, count);
    if (free.length < count)
      return l10n.t('Free addresses of {0}: {1}. Needed: {2}.', word, free.length, count);
    taken.push(...free);
    columns.push(free);
  }
  return Array.from({ length: count }, (_, at) => columns.map((column) => column[at] ?? ''));
}

/** Those that somebody on the host has. */
function takenOn({ links, containers }: HostSnapshot): string[] {
  const interfaces = containers.flatMap((container) => container.interfaces);
  return [...links, ...interfaces].flatMap(({ addresses }) => addresses);
}

/** A range may have spaces around its dash. */
const splitPools = (text: string): string[] => splitAddresses(text.replaceAll(/\s*-\s*/g, '-'));
