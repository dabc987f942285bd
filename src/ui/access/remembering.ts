import type { HostControl } from '../../control/hostControl';
import type { CurrentHost } from '../hosts/currentHost';

export type RememberFor = 'session' | '5min' | 'never';

const longest = 5 * 60_000;

/**
 * Drops the password for sudo some time after it was given or last used for a change; looking around doesn't count. It follows
 * the host itself, so a password counts whatever it was asked for, and goes whether the host can be reached or not.
 */
export class Remembering {
  /** The host that holds a password. */
  private holder: HostControl | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** When to drop it (ms). */
  private due = Infinity;
  private readonly stopListening: () => void;

  constructor(
    private readonly host: Pick<CurrentHost, 'changed' | 'control'>,
    private readonly rememberFor: () => RememberFor,
    private readonly now: () => number = Date.now,
  ) {
    this.stopListening = host.changed.on(() => this.follow());
  }

  /** A command that may have needed it has ended. */
  done(): void {
    if (this.rememberFor() === 'never') this.drop();
    else this.begin();
  }

  settingChanged(): void {
    if (this.rememberFor() === 'session') this.stop();
    else if (this.timer === undefined) this.begin();
  }

  dispose(): void {
    this.stopListening();
    this.stop();
  }

  private follow(): void {
    const { control } = this.host;
    const holder = control?.isElevated ? control : undefined;
    if (holder !== this.holder) {
      this.holder = holder;
      this.begin();
    } else if (this.now() >= this.due) this.drop(); // Timers stand still while a computer sleeps.
  }

  /** Access that isn't used for a change ends, too: `never` has the same limit. */
  private begin(): void {
    this.stop();
    if (!this.holder || this.rememberFor() === 'session') return;
    this.due = this.now() + longest;
    this.timer = setTimeout(() => this.drop(), longest);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.due = Infinity;
  }

  private drop(): void {
    this.stop();
    // Why the host can't be read is shown elsewhere; the password is gone anyway.
    this.holder?.drop().catch(() => {});
  }
}
