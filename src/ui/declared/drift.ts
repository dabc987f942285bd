import type { Disposable } from 'vscode';
import type { CurrentHost } from '../hosts/currentHost';
import type { Settings } from '../settings';
import { Signal } from '../signal';
import type { Drifted } from './driftWatch';

/** Compares the current host with the file that the settings name for it. What compares is loaded when there is one. */
export class Drift {
  readonly changed = new Signal();
  now: Drifted | undefined;
  private watch: Promise<Disposable> | undefined;
  private readonly stop: () => void;

  constructor(
    private readonly host: CurrentHost,
    private readonly settings: () => Settings,
  ) {
    this.stop = host.changed.on(() => this.look());
  }

  /** Called when the settings are others, too. */
  look(): void {
    if (!this.host.snapshot || Object.keys(this.settings().declared).length === 0) return;
    this.watch ??= import('./driftWatch').then(({ driftWatch }) =>
      driftWatch(this.host, this.settings, (now) => {
        this.now = now;
        this.changed.fire();
      }),
    );
  }

  dispose(): void {
    this.stop();
    void this.watch?.then((one) => void one.dispose());
  }
}
