import { Signal } from '../signal';
import type { CurrentHost } from './currentHost';
import { PerHost } from './perHost';
import { Watching, type Updates } from './watching';

/** Watches every host that is shown: the current one, or all. */
export class WatchingShown {
  /** Fires when the updates of one of them come otherwise. */
  readonly changed = new Signal();
  private watched = false;
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
        watching.setWatched(this.watched);
        return watching;
      },
      () => host.all.filter(({ id }) => this.showsAll() || id === host.id),
    );
  }

  /** Those of the current host. */
  get updates(): Updates {
    return this.each.of(this.host.id)?.updates ?? { by: this.interval() === 0 ? 'hand' : 'nothing' };
  }

  /** Whether a view is visible and focused. */
  setWatched(watched: boolean): void {
    this.watched = watched;
    for (const one of this.each.all) one.setWatched(watched);
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
