import { Signal } from '../signal';
import type { CurrentHost } from './currentHost';
import { PerHost } from './perHost';
import { Watching, type Updates } from './watching';

/** Watches every host that is shown: the current one, or all. */
export class WatchingShown {
  /** Fires when the updates of one of them come otherwise, and when others are watched. */
  readonly changed = new Signal();
  private watched = false;
  /** Hosts that are looked at elsewhere than in the views, each by what shows it. */
  private readonly elsewhere = new Map<object, string>();
  private readonly each: PerHost<Watching>;

  constructor(
    private readonly host: CurrentHost,
    private readonly showsAll: () => boolean,
    private readonly interval: () => number,
  ) {
    this.each = new PerHost(
      host,
      (one) => {
        const watching = new Watching(one, interval);
        watching.changed.on(() => this.changed.fire());
        watching.setWatched(this.isWatched(one.id));
        return watching;
      },
      () => host.all.filter(({ id }) => this.isShown(id) || this.isElsewhere(id)),
    );
  }

  /** Those of the current host. */
  get updates(): Updates {
    return this.each.of(this.host.id)?.updates ?? { by: this.interval() === 0 ? 'hand' : 'nothing' };
  }

  /** Whether a view is visible and focused. */
  setWatched(watched: boolean): void {
    this.watched = watched;
    this.tell();
  }

  /** Whether something other than a view shows a host, and which. */
  setWatchedBy(page: object, id: string | undefined): void {
    if (id === undefined) this.elsewhere.delete(page);
    else this.elsewhere.set(page, id);
    this.each.update();
    this.tell();
  }

  private tell(): void {
    for (const { id } of this.host.all) this.each.of(id)?.setWatched(this.isWatched(id));
    this.changed.fire();
  }

  /** Whether somebody looks at it now. */
  isWatched(id: string): boolean {
    return (this.watched && this.isShown(id)) || this.isElsewhere(id);
  }

  private isShown(id: string): boolean {
    return this.showsAll() || id === this.host.id;
  }

  private isElsewhere(id: string): boolean {
    return [...this.elsewhere.values()].includes(id);
  }

  /** The settings are others. */
  restart(): void {
    this.each.update();
    for (const one of this.each.all) one.restart();
  }

  dispose(): void {
    this.each.dispose();
  }
}
