import { randomBytes } from 'node:crypto';
import { clients, type ContainerEngine } from '../../model/engines';
import { quoteAll } from '../../model/quote';
import type { eventSections } from '../printed';
import type { Touched } from '../readSnapshot';
import events from './events.sh';

/** Seconds between two signs of life of a host that is listened to. */
export const beatSeconds = 15;

/** A message of the listening program: what changed, which sources it listens to, or a sign of life. */
export type Heard =
  | { kind: 'began' | 'beat' }
  | { kind: 'changed'; touched: Touched }
  | { kind: 'hears' | 'deaf'; source: string; touched: Touched };

/**
 * A program that reports changes on a host until it is ended, and a reader of its lines; undefined for lines that aren't its own.
 * `age`: the seconds since the host was last read.
 */
export function listening(
  age: number,
  beat = beatSeconds,
): {
  program: string;
  heardIn: (line: string) => Heard | undefined;
} {
  const nonce = randomBytes(12).toString('hex');
  const engines = clients.map(({ name, client }) =>
    quoteAll(['attend', name, 'engine', name, ...client.events]),
  );
  return {
    program: events
      .replaceAll('__NONCE__', nonce)
      .replaceAll('__BEAT__', `${beat}`)
      .replace('__AGE__', `${Math.min(3600, Math.ceil(age) + 1)}`)
      .replace('__ENGINES__', () => engines.join('\n')),
    heardIn(line) {
      const [mark, word = '', source, ...more] = line.split(' ');
      if (mark !== `@@${nonce}@@` || more.length > 0 || !Object.hasOwn(readers, word)) return undefined;
      return readers[word as keyof typeof readers](source);
    },
  };
}

type Reader = (source: string | undefined) => Heard | undefined;

const alone =
  (heard: Heard): Reader =>
  (source) =>
    source === undefined ? heard : undefined;
const named =
  (heard: (source: string) => Heard | undefined): Reader =>
  (source) =>
    source ? heard(source) : undefined;
const changed = (touched: Touched): Heard => ({ kind: 'changed', touched });

/** What each line means. */
const readers: Record<keyof typeof eventSections, Reader> = {
  began: alone({ kind: 'began' }),
  beat: alone({ kind: 'beat' }),
  network: alone(changed({})),
  device: alone(changed({})),
  journal: alone(changed({})),
  namespaces: alone(changed({ everyNamespace: true })),
  engine: named((source) => (isClient(source) ? changed(touchedBy(source)) : undefined)),
  hears: named((source) => ({ kind: 'hears', source, touched: touchedBy(source) })),
  deaf: named((source) => ({ kind: 'deaf', source, touched: {} })),
};

const isClient = (source: string): source is ContainerEngine => clients.some(({ name }) => name === source);

/** What a source reports. A container that starts has a network namespace of its own, or is in another container's. */
const touchedBy = (source: string): Touched => ({
  ...(isClient(source) ? { engines: [source] } : {}),
  ...(isClient(source) || source === 'netns' ? { everyNamespace: true } : {}),
});
