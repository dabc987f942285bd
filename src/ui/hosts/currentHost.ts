import { l10n } from 'vscode';
import type { Connection, HostControl } from '../../control/hostControl';
import type { Finding, Purpose } from '../../model/finding';
import type { HostSnapshot } from '../../model/snapshot';
import { findingChanges, type FindingChanges } from '../../model/findingChanges';
import type { Runs } from '../readiness/runs';
import { Signal } from '../signal';

export type HostState = Connection | { state: 'none' };

export interface Readiness {
  findings: Finding[];
  purpose: Purpose;
  at: Date;
  /** What changed since the run before, for the same purpose; undefined when there was none. */
  changes?: FindingChanges & { since: Date };
}

interface Checks {
  purpose: Purpose;
  findings: Promise<Finding[]>;
  stop: AbortController;
}

/** The one host that this window works on, or none. Everything that is shown hangs on it. */
export class CurrentHost {
  readonly changed = new Signal();
  /** Where on the way to the host the last read failed: the `phase` of the error. */
  failedAt: string | undefined;
  /** What the last readiness run found; forgotten with the host. */
  readiness: Readiness | undefined;
  private opened: HostControl | undefined;
  private unsubscribe = () => {};
  private reading: Promise<HostSnapshot> | undefined;
  private checks: Checks | undefined;

  constructor(
    private readonly open: (id: string) => HostControl,
    private readonly runs?: Runs,
  ) {}

  get control(): HostControl | undefined {
    return this.opened;
  }
  get id(): string | undefined {
    return this.opened?.id;
  }
  get snapshot(): HostSnapshot | undefined {
    return this.opened?.snapshot;
  }
  get connection(): HostState {
    return this.opened?.connection ?? { state: 'none' };
  }

  /** By what something is remembered of it. */
  get machine(): string | undefined {
    return this.opened && machineOf(this.opened);
  }

  /**
   * Lets go of the host before and reads the new one. Rejects when that fails; the new one stays current then. The host
   * that is connected already is read again, and nothing that is shown of it goes away meanwhile.
   */
  async connect(id: string, signal?: AbortSignal): Promise<HostSnapshot> {
    if (this.opened?.id === id && this.snapshot) return this.refresh(signal);
    await this.disconnect();
    const control = this.open(id);
    this.opened = control;
    this.unsubscribe = control.onDidChange(() => this.changed.fire());
    this.changed.fire();
    return this.refresh(signal);
  }

  async disconnect(): Promise<void> {
    const before = this.opened;
    if (!before) return;
    this.stopChecks();
    this.unsubscribe();
    this.opened = undefined;
    this.reading = undefined;
    this.readiness = undefined;
    this.failedAt = undefined;
    this.changed.fire();
    await before.dispose();
  }

  /** Reads the host again; callers during a read get the same result. */
  refresh(signal?: AbortSignal): Promise<HostSnapshot> {
    const control = this.opened;
    if (!control) return Promise.reject(new Error(l10n.t('No host is connected.')));
    return (this.reading ??= this.read(control, signal));
  }

  private async read(control: HostControl, signal?: AbortSignal): Promise<HostSnapshot> {
    let failedAt: string | undefined;
    try {
      return await control.refresh(signal);
    } catch (error) {
      failedAt = error instanceof Error && 'phase' in error ? String(error.phase) : undefined;
      throw error;
    } finally {
      if (this.opened === control) {
        this.reading = undefined;
        this.failedAt = failedAt;
        if (failedAt !== undefined) this.changed.fire();
      }
    }
  }

  /** The readiness checks are under way. */
  get isChecking(): boolean {
    return this.checks !== undefined;
  }

  /** Runs the readiness checks; callers during a run for the same purpose get the same result. Rejects with an AbortError when stopped. */
  diagnose(purpose: Purpose): Promise<Finding[]> {
    const control = this.opened;
    if (!control) return Promise.reject(new Error(l10n.t('No host is connected.')));
    if (this.checks?.purpose === purpose) return this.checks.findings;
    this.stopChecks();
    const stop = new AbortController();
    const findings = this.check(control, purpose, stop.signal).finally(() => this.endChecks(checks));
    const checks = { purpose, findings, stop };
    this.checks = checks;
    this.changed.fire();
    return findings;
  }

  stopChecks(): void {
    this.checks?.stop.abort();
    this.endChecks(this.checks);
  }

  private endChecks(checks: Checks | undefined): void {
    if (checks === undefined || this.checks !== checks) return;
    this.checks = undefined;
    this.changed.fire();
  }

  private async check(control: HostControl, purpose: Purpose, signal: AbortSignal): Promise<Finding[]> {
    // A change may be before it in the queue; who stops the checks doesn't wait for that.
    const findings = await Promise.race([control.diagnose(purpose, signal), abortOf(signal)]);
    if (this.opened !== control) return findings;
    const at = new Date();
    const before = await this.runs?.replace(machineOf(control), purpose, { at, findings });
    const changes = before && { ...findingChanges(before.findings, findings), since: before.at };
    this.readiness = { findings, purpose, at, changes };
    this.changed.fire();
    return findings;
  }
}

/** What is remembered of a host is remembered by this: `local` is another machine in each remote window. */
const machineOf = ({ id, snapshot }: HostControl): string =>
  // eslint-disable-next-line no-restricted-syntax -- A key, not a text.
  id === 'local' ? `local ${snapshot?.host.hostname ?? ''}` : id;

/** Rejects with the signal's reason; never resolves. */
const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
