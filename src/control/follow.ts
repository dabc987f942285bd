import { HostError, type Host } from '../host/host';
import { beatSeconds, listening, type Heard } from '../inventory/events/listen';
import type { Touched } from '../inventory/readSnapshot';
import type { HostSnapshot } from '../model/snapshot';
import { gather } from './gather';
import { isThere, type Connection, type Hearing } from './hostControl';
import { Sources } from './sources';
import { secondsBefore } from './waits';

/** What following needs from the host control. */
export interface Followed {
  host: Host;
  connection: () => Connection;
  snapshot: () => HostSnapshot | undefined;
  /** When the last read of the whole host began, by Date.now(). */
  readFrom: () => number;
  enqueue: <T>(task: () => Promise<T>) => Promise<T>;
  look: (touched: Touched) => Promise<void>;
}

export interface Following {
  readonly hearing: Hearing;
  /** Whether everything that was heard has been read. */
  readonly isCurrent: boolean;
  /** Called when the connection or the snapshot changed. */
  changed(): void;
  /** Stops listening; it starts again with the next change of the connection. */
  pause(): void;
  end(): void;
}

/** Milliseconds of silence after which the program counts as dead. */
const silence = 3 * beatSeconds * 1000;

/** Listens to a host while it is connected, again whenever that ends, and reads what changed. */
export function follow(of: Followed, tell: (hearing: Hearing) => void): Following {
  const looks = gather(of.enqueue, of.look);
  /** The monitors used, and as whom: root hears more. */
  let stream: { stop: AbortController; as: Connection['state'] } | undefined;
  let again: NodeJS.Timeout | undefined;
  let tries = 0;
  let sources = new Sources();
  let hearing: Hearing = starting;
  let isOver = false;

  const say = (next: Hearing) => {
    if (JSON.stringify(next) === JSON.stringify(hearing)) return;
    hearing = next;
    if (!isOver) tell(next);
  };
  const judge = () => {
    if (stream) say(sources.hearing(of.snapshot()) ?? starting);
  };

  const take = (heard: Heard) => {
    if (heard.kind === 'began') looks.add({});
    else if (heard.kind === 'changed') looks.add(heard.touched);
    else if (heard.kind === 'beat') tries = 0;
    // What it may have missed in the meantime.
    else if (heard.kind === 'hears' && sources.isSettled) looks.add(heard.touched);
    sources.take(heard);
    judge();
  };

  const listen = async (stop: AbortController): Promise<string> => {
    const { program, heardIn } = listening((Date.now() - of.readFrom()) / 1000);
    const giveUp = () => stop.abort(new Error(`nothing was heard for ${silence / 1000} s`));
    let quiet = setTimeout(giveUp, silence);
    const onLine = (line: string) => {
      const heard = heardIn(line);
      if (!heard || stop.signal.aborted) return;
      clearTimeout(quiet);
      quiet = setTimeout(giveUp, silence);
      take(heard);
    };
    try {
      const options = { timeoutMs: Infinity, keepOutput: false, signal: stop.signal, onLine };
      const { stderr, exitCode } = await of.host.run(program, options);
      return stderr.trim().split('\n').at(-1) || `listening to it ended with exit status ${exitCode}`;
    } catch (error) {
      // A read tells whether the host is lost as well.
      if (error instanceof HostError) looks.add({});
      return error instanceof Error ? error.message : String(error);
    } finally {
      clearTimeout(quiet);
    }
  };

  const start = () => {
    again = undefined;
    const own = { stop: new AbortController(), as: of.connection().state };
    stream = own;
    sources = new Sources();
    // A read in progress may be logging in; one login is enough.
    void of.enqueue(() => {
      if (stream === own) void listen(own.stop).then((why) => ended(own, why));
      return Promise.resolve();
    });
  };

  const ended = (own: typeof stream, why: string) => {
    if (stream !== own) return;
    stream = undefined;
    say({ live: false, why });
    again = setTimeout(start, 1000 * secondsBefore(tries));
    tries += 1;
  };

  const pause = () => {
    const { stop } = stream ?? {};
    stream = undefined;
    clearTimeout(again);
    again = undefined;
    tries = 0;
    stop?.abort(new Error('no longer listened to'));
    say(starting);
  };

  const changed = () => {
    if (isOver) return;
    const connection = of.connection();
    if (!isThere(connection) || (stream && stream.as !== connection.state)) pause();
    if (isThere(connection) && !stream && !again) start();
    judge();
  };

  tell(hearing);
  changed();
  return {
    get hearing() {
      return hearing;
    },
    get isCurrent() {
      return hearing.live && !looks.isWaiting();
    },
    changed,
    pause,
    end() {
      isOver = true;
      pause();
      looks.clear();
    },
  };
}

const starting: Hearing = { live: false, why: 'listening has not begun yet', isStarting: true };
