import { patterns } from './patterns';

/** Names that identify a host, a person or containers; the text alone doesn't distinguish them from other words. */
export interface Names {
  hosts: string[];
  users: string[];
  containers: string[];
}

export interface Masker {
  /** The text with all identifying data replaced; the same value always gets the same mask. */
  mask(text: string): string;
  /** What was masked so far: kind → how many different ones. */
  masked(): Record<string, number>;
}

const kinds = { hosts: 'host', users: 'user', containers: 'container' } as const;

export function masker(names: Names): Masker {
  const numbers = new Map<string, Map<string, number>>();
  const numberOf = (kind: string, found: string): number => {
    const known = numbers.get(kind) ?? new Map<string, number>();
    numbers.set(kind, known);
    const number = known.get(found.toLowerCase()) ?? known.size + 1;
    known.set(found.toLowerCase(), number);
    return number;
  };
  const kindOf = new Map(
    Object.entries(kinds).flatMap(([list, kind]) =>
      names[list as keyof Names].flatMap((name) =>
        spellings(name).map((spelling) => [spelling.toLowerCase(), { kind, name }] as const),
      ),
    ),
  );
  const named = anyOf([...kindOf.keys()]);
  const byName = (text: string): string =>
    named === null
      ? text
      : text.replace(named, (found) => {
          const known = kindOf.get(found.toLowerCase());
          return known ? `${known.kind}-${numberOf(`${known.kind}s`, same(known))}` : found;
        });
  const byForm = (given: string): string =>
    Object.entries(patterns).reduce(
      (text, [kind, { find, mask, group = 0 }]) =>
        text.replace(find, (...match: unknown[]) => {
          const whole = String(match[0]);
          const found = String(match[group]);
          const inside = mask(found, 0) === null ? null : mask(found, numberOf(kind, found));
          return inside === null ? whole : replaceLast(whole, found, inside);
        }),
      given,
    );
  return {
    mask: (text) => byForm(byName(text)),
    masked: () => Object.fromEntries([...numbers].map(([kind, known]) => [kind, known.size])),
  };
}

/** A host is the same with and without its domain. */
const same = ({ kind, name }: { kind: string; name: string }): string =>
  kind === 'host' ? (name.split('.')[0] ?? name) : name;

/** As the device mapper writes a name too: each dash twice. */
const spellings = (name: string): string[] =>
  name.includes('-') ? [name, name.replaceAll('-', '--')] : [name];

/** The longest name first, and none inside of another word. */
function anyOf(names: string[]): RegExp | null {
  const patterns = names
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return patterns.length === 0
    ? null
    : new RegExp(`(?<![A-Za-z0-9])(?:${patterns.join('|')})(?![A-Za-z0-9])`, 'gi');
}

const replaceLast = (whole: string, part: string, by: string): string => {
  const at = whole.lastIndexOf(part);
  return whole.slice(0, at) + by + whole.slice(at + part.length);
};
