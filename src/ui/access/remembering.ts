import type { CurrentHost } from '../hosts/currentHost';

export type RememberFor = 'session' | '5min' | 'never';

/** Drops the password for sudo some time after it was last needed for a change; looking around doesn't count. */
export class Remembering {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly host: CurrentHost,
    private readonly rememberFor: () => RememberFor,
  ) {}

  /** It was given, or a change was made by it. */
  used(): void {
    this.stop();
    if (this.rememberFor() === '5min') this.timer = setTimeout(() => this.drop(), 5 * 60_000);
  }

  /** The command that needed it has ended. */
  done(): void {
    if (this.rememberFor() === 'never') this.drop();
    else this.used();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  dispose(): void {
    this.stop();
  }

  private drop(): void {
    this.stop();
    if (this.host.connection.state === 'admin') this.host.control?.drop().catch(() => {});
  }
}
