import { isFinal, secondsBefore } from '../../control/waits';
import { Signal } from '../signal';
import type { CurrentHost } from './currentHost';

/** The current host, or one beside it. */
type Reached = Pick<CurrentHost, 'changed' | 'connection' | 'failedAt' | 'id' | 'refresh' | 'snapshot'>;

const mostTries = 10;

/** Milliseconds between two looks at whether the network is back. */
const attention = 1000;

/**
 * Tries to get a lost host back, ever more slowly, and gives up after a while; at once when this machine gets an address in a
 * network. A host never reached is left alone.
 */
export class Reconnecting {
  /** Fires when the next try is set, and when there is none any more. */
  readonly changed = new Signal();
  /** When the next try is due (ms); undefined when none is. */
  nextTry: number | undefined;
  /** How many tries there have been since it was lost, the one that is due included. */
  tries = 0;
  private timer: NodeJS.Timeout | undefined;
  private looking: NodeJS.Timeout | undefined;
  private lostId: string | undefined;
  private readonly stopListening: () => void;

  constructor(
    private readonly host: Reached,
    private readonly now: () => number = Date.now,
    /** By which this machine is in a network. */
    private readonly addresses: () => string[] = () => [],
  ) {
    this.stopListening = host.changed.on(() => this.follow());
  }

  /** Tries at once, and restarts the count. */
  async tryNow(): Promise<void> {
    this.stop();
    await this.host.refresh();
  }

  dispose(): void {
    this.stopListening();
    clearTimeout(this.timer);
    clearInterval(this.looking);
  }

  private follow(): void {
    const { connection, id, snapshot } = this.host;
    if (this.lostId !== undefined && id !== this.lostId) this.stop();
    if (connection.state === 'lost' && snapshot && isFinal(this.host.failedAt)) this.stop();
    else if (connection.state === 'lost' && snapshot) {
      this.lostId = id;
      this.look();
      this.schedule();
    } else if (connection.state !== 'connecting') this.stop();
  }

  private schedule(): void {
    if (this.timer || this.tries >= mostTries) return;
    const seconds = secondsBefore(this.tries);
    this.tries += 1;
    this.nextTry = this.now() + seconds * 1000;
    this.timer = setTimeout(() => this.retry(), seconds * 1000);
    this.changed.fire();
  }

  private retry(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.nextTry = undefined;
    this.changed.fire();
    // A failure comes back as a change of the connection, which schedules the next try.
    this.host.refresh().catch(() => this.follow());
  }

  /** Also after the last try: a machine that slept is back in its network later than that. */
  private look(): void {
    let before = this.addresses();
    this.looking ??= setInterval(() => {
      const now = this.addresses();
      const isBack = now.some((address) => !before.includes(address));
      before = now;
      if (!isBack) return;
      this.tries = 0;
      this.retry();
    }, attention);
  }

  private stop(): void {
    clearTimeout(this.timer);
    clearInterval(this.looking);
    this.timer = undefined;
    this.looking = undefined;
    this.tries = 0;
    this.lostId = undefined;
    if (this.nextTry === undefined) return;
    this.nextTry = undefined;
    this.changed.fire();
  }
}
