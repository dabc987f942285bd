import type { HostControl } from '../../control/hostControl';
import { Tracker } from '../../model/counters/tracker';
import type { PciAddress } from '../../model/functions';
import type { CurrentHost } from '../hosts/currentHost';
import type { Settings } from '../settings';
import { Signal } from '../signal';

/** Reads the counters of the current host while something shows them, and of no more functions than that. */
export class Counting {
  /** Fires when there are new ones, and when they can't be read. */
  readonly changed = new Signal();
  /** Why there is nothing to read now. */
  why: string | undefined;
  private rows = false;
  private picked: readonly PciAddress[] | undefined;
  private reading: { control: HostControl; what: string; stop: () => void } | undefined;
  private readonly trackers = new WeakMap<HostControl, { made: string; tracker: Tracker }>();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly host: Pick<CurrentHost, 'control' | 'changed'>,
    private readonly settings: () => Pick<Settings, 'countersInterval' | 'countersHistory'>,
  ) {
    this.unsubscribe = host.changed.on(() => this.update());
  }

  /** What was counted on the current host; undefined where nothing ever was. */
  get tracker(): Tracker | undefined {
    const { control } = this.host;
    return control && this.trackers.get(control)?.tracker;
  }
  get isReading(): boolean {
    return this.reading !== undefined;
  }
  get interval(): number {
    return this.settings().countersInterval;
  }

  /** Rows show the counters of all functions. */
  showRows(shown: boolean): void {
    this.rows = shown;
    this.update();
  }

  /** A picture shows those of some; undefined: of none. */
  showPicked(functions: readonly PciAddress[] | undefined): void {
    this.picked = functions && functions.length > 0 ? functions : undefined;
    this.update();
  }

  /** Begins, ends, or goes on otherwise, as it is wanted now. */
  update(): void {
    const { control } = this.host;
    const isWanted = control && (this.rows || this.picked);
    const counting = { interval: this.interval, ...(this.rows ? {} : { functions: this.picked }) };
    const what = JSON.stringify(counting);
    if (this.reading && isWanted && this.reading.control === control && this.reading.what === what) return;
    this.reading?.stop();
    this.reading = undefined;
    this.why = undefined;
    if (!isWanted) return;
    const tracker = this.trackerOf(control);
    const stop = control.count(counting, (counted) => {
      this.why = 'why' in counted ? counted.why : undefined;
      if ('frame' in counted) tracker.take(counted.frame);
      this.changed.fire();
    });
    this.reading = { control, what, stop };
  }

  dispose(): void {
    this.unsubscribe();
    this.reading?.stop();
    this.reading = undefined;
  }

  /** What was counted before stays, unless it was kept in another way. */
  private trackerOf(control: HostControl): Tracker {
    const { countersInterval, countersHistory } = this.settings();
    const made = `${countersInterval}/${countersHistory}`;
    const before = this.trackers.get(control);
    if (before?.made === made) return before.tracker;
    const tracker = new Tracker(countersInterval * 1000, countersHistory * 2 ** 20);
    this.trackers.set(control, { made, tracker });
    return tracker;
  }
}
