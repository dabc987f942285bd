import { isThere, type Hearing, type HostControl } from '../../control/hostControl';
import { secondsBetweenReads } from '../../control/waits';
import { Signal } from '../signal';
import type { CurrentHost } from './currentHost';

/** The current host, or one beside it. */
type Watched = Pick<CurrentHost, 'changed' | 'connection' | 'control' | 'refresh' | 'snapshot'>;

/** How the display keeps up with the host. */
export type Updates =
  /** `every`: seconds. */
  | { by: 'events' }
  | { by: 'reads'; every: number; why: string }
  /** Nobody is watching, or the host is not there. */
  | { by: 'nothing' }
  /** The user reads the host. */
  | { by: 'hand' };

/** Milliseconds that a host is still listened to when nobody is watching any more. */
const patience = 60_000;

/** Follows the host while a view is visible and the window has the focus; what isn't heard is read now and then. */
export class Watching {
  /** Fires when the updates come otherwise. */
  readonly changed = new Signal();
  private watched = false;
  private followed: { control: HostControl; stop: () => void } | undefined;
  private hearing: Hearing | undefined;
  private reads: { timer: NodeJS.Timeout; every: number } | undefined;
  private leaving: NodeJS.Timeout | undefined;
  private readonly stopListening: () => void;

  constructor(
    private readonly host: Watched,
    /** Seconds between two reads where changes aren't heard; 0: the host is neither read nor listened to by itself. */
    private readonly interval: () => number,
    private readonly now: () => number = Date.now,
  ) {
    this.stopListening = host.changed.on(() => this.update());
  }

  get updates(): Updates {
    if (this.interval() === 0) return { by: 'hand' };
    if (this.hearing?.live) return { by: 'events' };
    if (!this.watched || !this.hearing || !isThere(this.host.connection)) return { by: 'nothing' };
    return { by: 'reads', every: this.interval(), why: this.hearing.why };
  }

  /** Whether a view is visible and focused. Old data is refreshed as soon as it is. */
  setWatched(watched: boolean): void {
    if (this.watched === watched) return;
    this.watched = watched;
    if (watched && this.interval() > 0 && !this.hearing?.live && this.age() >= this.interval() * 1000)
      this.read();
    this.update();
  }

  /** The interval is another one. */
  restart(): void {
    this.update();
    this.changed.fire();
  }

  dispose(): void {
    this.stopListening();
    this.leave();
    clearInterval(this.reads?.timer);
  }

  private update(): void {
    const { control } = this.host;
    const isWanted = this.interval() > 0 && control !== undefined;
    if (this.followed && (!isWanted || this.followed.control !== control)) this.leave();
    if (isWanted && this.watched) this.follow(control);
    else if (this.followed) this.leaving ??= setTimeout(() => this.leave(), patience);
    this.readEvery(isWanted && this.watched ? this.period() : 0);
  }

  private follow(control: HostControl): void {
    clearTimeout(this.leaving);
    this.leaving = undefined;
    if (this.followed) return;
    this.hearing = undefined;
    const hear = (now: Hearing) => {
      this.hearing = now;
      this.update();
      this.changed.fire();
    };
    this.followed = { control, stop: () => {} };
    this.followed.stop = control.follow(hear);
  }

  private leave(): void {
    clearTimeout(this.leaving);
    this.leaving = undefined;
    const { stop } = this.followed ?? {};
    this.followed = undefined;
    this.hearing = undefined;
    stop?.();
    this.changed.fire();
  }

  private period(): number {
    return secondsBetweenReads(this.hearing?.live ?? false, this.interval());
  }

  private readEvery(seconds: number): void {
    if ((this.reads?.every ?? 0) === seconds) return;
    clearInterval(this.reads?.timer);
    this.reads =
      seconds === 0 ? undefined : { every: seconds, timer: setInterval(() => this.read(), seconds * 1000) };
  }

  private age(): number {
    const { snapshot } = this.host;
    return snapshot ? this.now() - Date.parse(snapshot.takenAt) : 0;
  }

  /** Not while it is being connected, and not while it is lost: that has its own rhythm. */
  private read(): void {
    if (isThere(this.host.connection)) this.host.refresh().catch(() => {});
  }
}
