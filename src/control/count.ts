import { HostError, type Host } from '../host/host';
import { counting } from '../inventory/counters/counting';
import { placesOf } from '../inventory/counters/places';
import type { Frame } from '../model/counters/reading';
import { whyUncounted } from '../model/counters/uncounted';
import type { PciAddress } from '../model/functions';
import { functionsIn } from '../model/counters/functions';
import type { HostSnapshot } from '../model/snapshot';
import { isThere, type Connection, type Counted, type Counting } from './hostControl';
import { secondsBefore } from './waits';

/** What counting needs from the host control. */
export interface CountedHost {
  host: Host;
  connection: () => Connection;
  snapshot: () => HostSnapshot | undefined;
  onDidChange: (listener: () => void) => () => void;
  enqueue: <T>(task: () => Promise<T>) => Promise<T>;
  refresh: () => Promise<unknown>;
}

/** Seconds without a sign of life after which the program counts as dead; it gives one every five. */
const silence = 20;
/** Milliseconds between two searches for a function that isn't where it was. */
const betweenLooks = 10_000;

/**
 * Counts while the host is connected, with one program for as long as the devices stay where they are, again whenever that ends. A
 * function that isn't where it was last seen is searched for.
 */
export async function count(
  of: CountedHost,
  { functions, interval }: Counting,
  tell: (counted: Counted) => void,
  signal: AbortSignal,
): Promise<void> {
  const wanted = functions && new Set(functions);
  let tries = 0;
  while (!signal.aborted) {
    const now = of.snapshot();
    if (!now || !isThere(of.connection())) {
      await changed(of, signal);
      continue;
    }
    const places = placesOf(now, wanted);
    const key = keyOf(now, places, of.connection());
    const stop = new AbortController();
    const moves = () => {
      const next = of.snapshot();
      if (!next || keyOf(next, placesOf(next, wanted), of.connection()) !== key) stop.abort();
    };
    const stopListening = of.onDidChange(moves);
    const both = AbortSignal.any([signal, stop.signal]);
    const why = await listen(of, counting(now, places, interval), both, seeker(of, now, wanted), (frame) => {
      tries = 0;
      tell({ frame });
    });
    stopListening();
    if (both.aborted) continue;
    tell({ why });
    await passed(1000 * secondsBefore(tries), signal);
    tries += 1;
  }
}

/** A new program is needed when this changes: where devices are, which they are, and who reads them. */
const keyOf = (snapshot: HostSnapshot, places: object, { state }: Connection): string =>
  JSON.stringify([state, places, functionsIn(snapshot).map(({ pci, name }) => [pci, name])]);

/** Resolves to why it ended. */
async function listen(
  { host, enqueue, refresh }: CountedHost,
  { program, take }: ReturnType<typeof counting>,
  signal: AbortSignal,
  seek: (frame: Frame) => void,
  tell: (frame: Frame) => void,
): Promise<string> {
  const quiet = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => quiet.abort(new Error(`nothing was heard for ${silence} s`)), silence * 1000);
  };
  const onLine = (line: string) => {
    const counted = take(line);
    if (!counted || signal.aborted) return;
    heard();
    if (counted.kind === 'beat') return;
    tell(counted.frame);
    seek(counted.frame);
  };
  try {
    // A read in progress may be logging in; one login is enough.
    const run = await enqueue(() => {
      heard();
      const options = {
        timeoutMs: Infinity,
        keepOutput: false,
        signal: AbortSignal.any([signal, quiet.signal]),
      };
      const ended = host.run(program, { ...options, onLine });
      ended.catch(() => {});
      return Promise.resolve({ ended });
    });
    const { stderr, exitCode } = await run.ended;
    return stderr.trim().split('\n').at(-1) || `counting ended with exit status ${exitCode}`;
  } catch (error) {
    // A read tells whether the host is lost as well.
    if (error instanceof HostError) refresh().catch(() => {});
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads the host again from time to time while the device of a function isn't where it should be. */
function seeker(
  of: CountedHost,
  snapshot: HostSnapshot,
  wanted: ReadonlySet<PciAddress> | undefined,
): (frame: Frame) => void {
  const expected = functionsIn(snapshot)
    .map(({ pci }) => pci)
    .filter((pci) => (wanted?.has(pci) ?? true) && whyUncounted(snapshot, pci) === undefined);
  let missed = 0;
  let nextLook = 0;
  return ({ readings }) => {
    const seen = new Set(readings.flatMap(({ pci, side }) => (side === 'own' ? pci : [])));
    missed = expected.every((pci) => seen.has(pci)) ? 0 : missed + 1;
    if (missed < 2 || performance.now() < nextLook) return;
    nextLook = performance.now() + betweenLooks;
    of.refresh().catch(() => {});
  };
}

/** Resolves after that many milliseconds, or when the signal aborts. */
const passed = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });

/** Resolves when something on the host changed, or when the signal aborts. */
const changed = ({ onDidChange }: CountedHost, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const stop = onDidChange(done);
    signal.addEventListener('abort', done, { once: true });
  });
