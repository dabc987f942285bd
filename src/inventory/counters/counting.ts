import { randomBytes } from 'node:crypto';
import type { Frame } from '../../model/counters/reading';
import { quoteAll } from '../../model/quote';
import type { HostSnapshot } from '../../model/snapshot';
import type { counterSections } from '../printed';
import { answer, type Section } from '../sections';
import counters from './counters.sh';
import type { Places } from './places';
import { readingsOf } from './readings';

/** A message of the counting program: a sign of life, or the counters of devices. */
export type Counted = { kind: 'beat' } | { kind: 'frame'; frame: Frame };

/**
 * A program that counts in these places until it is ended, and a reader of its lines; undefined for a line that completes nothing.
 *
 * @param seconds from one frame to the next
 */
export function counting(
  snapshot: HostSnapshot,
  { links, namespaces }: Places,
  seconds: number,
): { program: string; take: (line: string) => Counted | undefined } {
  const nonce = randomBytes(12).toString('hex');
  const mark = `@@${nonce}@@ `;
  const places = [
    ...(links.length > 0 ? [`on_host <<-'LINKS'\n${links.join('\n')}\nLINKS`] : []),
    ...namespaces.map(({ inode, path }) => quoteAll(['inside', `${inode}`, path])),
  ];
  let open: Section[] = [];
  return {
    program: counters
      .replaceAll('__NONCE__', nonce)
      .replace('__EVERY__', `${Math.round(seconds * 100)}`)
      .replace('__PLACES__', () => places.join('\n')),
    take(line) {
      if (!line.startsWith(mark)) {
        const last = open.at(-1);
        if (last) last.body += `${line}\n`;
        return undefined;
      }
      const name = line.slice(mark.length);
      if (name === ('beat' satisfies keyof typeof counterSections)) return { kind: 'beat' };
      if (name !== ('frame' satisfies keyof typeof counterSections)) {
        open.push({ name, body: '' });
        return undefined;
      }
      const sections = answer<typeof counterSections>(open);
      open = [];
      return { kind: 'frame', frame: { readings: readingsOf(snapshot, sections) } };
    },
  };
}
