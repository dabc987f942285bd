import { l10n } from 'vscode';
import type { Connection, HostControl } from '../../control/hostControl';
import type { Finding, Purpose } from '../../model/finding';
import type { HostSnapshot } from '../../model/snapshot';
import type { Runs } from '../readiness/runs';
import { Signal } from '../signal';
import { OpenHost, type Readiness } from './openHost';

export type HostState = Connection | { state: 'none' };

/** The one host that this window works on, or none, and those that stay connected beside it. Everything that is shown hangs on it. */
export class CurrentHost {
  /** Fires when another host is the current one, and when something of any host is otherwise. */
  readonly changed = new Signal();
  /** Fires when a host that was connected already is made the current one. */
  readonly used = new Signal();
  /** The one that was used last is the last; shared with what is bound to one of them. */
  private readonly opened: OpenHost[] = [];

  constructor(
    private readonly open: (id: string) => HostControl,
    private readonly runs?: Runs,
    /** Whether the hosts before stay connected when another one is. */
    private readonly staysConnected: () => boolean = () => false,
  ) {}

  /** All that are connected, by name; the current one is among them. */
  get all(): readonly OpenHost[] {
    return this.opened.toSorted((a, b) => a.id.localeCompare(b.id));
  }
  /** Their ids, the current one's last. */
  get inUse(): string[] {
    return this.opened.map(({ id }) => id);
  }
  private get active(): OpenHost | undefined {
    return this.opened.at(-1);
  }
  get control(): HostControl | undefined {
    return this.active?.control;
  }
  get id(): string | undefined {
    return this.active?.id;
  }
  get snapshot(): HostSnapshot | undefined {
    return this.active?.snapshot;
  }
  get connection(): HostState {
    return this.active?.connection ?? { state: 'none' };
  }
  get machine(): string | undefined {
    return this.active?.machine;
  }
  get failedAt(): string | undefined {
    return this.active?.failedAt;
  }
  get readiness(): Readiness | undefined {
    return this.active?.readiness;
  }
  get isChecking(): boolean {
    return this.active?.isChecking ?? false;
  }

  /**
   * Makes it the current one and reads it. Rejects when that fails; it stays current then. The host that is connected already is read
   * again, and nothing that is shown of it goes away meanwhile.
   */
  async connect(id: string, signal?: AbortSignal): Promise<HostSnapshot> {
    const there = this.named(id);
    const stays = this.opened.filter(
      (one) => (one === there && one.snapshot) || (one !== there && this.staysConnected()),
    );
    for (const one of [...this.opened]) if (!stays.includes(one)) await this.close(one);
    if (this.use(id) && there) return there.refresh(signal);
    const opened = new OpenHost(this.open(id), this.runs);
    opened.changed.on(() => this.changed.fire());
    this.opened.push(opened);
    this.changed.fire();
    return opened.refresh(signal);
  }

  /** The same, for a command that has begun: whatever becomes the current host meanwhile, this one stays where it is. */
  bound(): CurrentHost {
    return Object.create(this, { active: { value: this.active } }) as CurrentHost;
  }

  /** A host that is connected. */
  named(id: string | undefined): OpenHost | undefined {
    return this.opened.find((one) => one.id === id);
  }

  /** Makes a host that is connected the current one, as it was read last; false when it isn't connected. */
  use(id: string): boolean {
    const wanted = this.named(id);
    if (!wanted) return false;
    if (wanted === this.opened.at(-1)) return true;
    this.opened.splice(this.opened.indexOf(wanted), 1);
    this.opened.push(wanted);
    this.used.fire();
    this.changed.fire();
    return true;
  }

  /** Lets go of one host: of the current one, unless another is named. The one that was used before is then the current one. */
  async disconnect(id = this.id): Promise<void> {
    const leaving = this.named(id);
    if (leaving) await this.close(leaving);
  }

  async disconnectAll(): Promise<void> {
    await Promise.all(this.opened.map((one) => this.close(one)));
  }

  private async close(leaving: OpenHost): Promise<void> {
    const at = this.opened.indexOf(leaving);
    if (at >= 0) this.opened.splice(at, 1);
    const closed = leaving.close();
    this.changed.fire();
    await closed;
  }

  /** Reads the host again; callers during a read get the same result. */
  refresh(signal?: AbortSignal): Promise<HostSnapshot> {
    return this.active?.refresh(signal) ?? Promise.reject(notConnected());
  }

  /** Runs the readiness checks; callers during a run for the same purpose get the same result. Rejects with an AbortError when stopped. */
  diagnose(purpose: Purpose): Promise<Finding[]> {
    return this.active?.diagnose(purpose) ?? Promise.reject(notConnected());
  }

  stopChecks(): void {
    this.active?.stopChecks();
  }
}

const notConnected = (): Error => new Error(l10n.t('No host is connected.'));
