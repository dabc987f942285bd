import type { CurrentHost } from './currentHost';

/** Reads the host now and then, but only while a view is visible and the window has the focus. */
export class Polling {
  private timer: NodeJS.Timeout | undefined;
  private watched = false;

  constructor(
    private readonly host: CurrentHost,
    /** Seconds between two reads; 0 turns it off. */
    private readonly interval: () => number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether a view is visible and focused. Old data is refreshed as soon as it is. */
  setWatched(watched: boolean): void {
    if (this.watched === watched) return;
    this.watched = watched;
    this.restart();
    if (watched && this.interval() > 0 && this.age() >= this.interval() * 1000) this.read();
  }

  restart(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.watched && this.interval() > 0)
      this.timer = setInterval(() => this.read(), this.interval() * 1000);
  }

  dispose(): void {
    clearInterval(this.timer);
  }

  private age(): number {
    const { snapshot } = this.host;
    return snapshot ? this.now() - Date.parse(snapshot.takenAt) : 0;
  }

  /** Not while it is being connected, and not while it is lost: that has its own rhythm. */
  private read(): void {
    if (['limited', 'admin'].includes(this.host.connection.state)) this.host.refresh().catch(() => {});
  }
}
