import type { Connection, HostControl } from '../../control/hostControl';
import type { Finding, Purpose } from '../../model/finding';
import type { HostSnapshot } from '../../model/snapshot';
import { findingChanges, type FindingChanges } from '../../model/findingChanges';
import type { Runs } from '../readiness/runs';
import { Signal } from '../signal';

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

/** A host that this window is connected to, or tries to be, with what is known of it. */
export class OpenHost {
  readonly changed = new Signal();
  /** Where on the way to the host the last read failed: the `phase` of the error. */
  failedAt: string | undefined;
  /** What the last readiness run found; forgotten with the host. */
  readiness: Readiness | undefined;
  private reading: Promise<HostSnapshot> | undefined;
  private checks: Checks | undefined;
  private isClosed = false;
  private readonly unsubscribe: () => void;

  constructor(
    readonly control: HostControl,
    private readonly runs?: Runs,
  ) {
    this.unsubscribe = control.onDidChange(() => this.changed.fire());
  }

  get id(): string {
    return this.control.id;
  }
  get snapshot(): HostSnapshot | undefined {
    return this.control.snapshot;
  }
  get connection(): Connection {
    return this.control.connection;
  }

  /** By what something is remembered of it: `local` is another machine in each remote window. */
  get machine(): string {
    const { id, snapshot } = this;
    // eslint-disable-next-line no-restricted-syntax -- A key, not a text.
    return id === 'local' ? `local ${snapshot?.host.hostname ?? ''}` : id;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.stopChecks();
    this.unsubscribe();
    await this.control.dispose();
  }

  /** Reads the host again; callers during a read get the same result. */
  refresh(signal?: AbortSignal): Promise<HostSnapshot> {
    return (this.reading ??= this.read(signal));
  }

  private async read(signal?: AbortSignal): Promise<HostSnapshot> {
    let failedAt: string | undefined;
    try {
      return await this.control.refresh(signal);
    } catch (error) {
      failedAt = error instanceof Error && 'phase' in error ? String(error.phase) : undefined;
      throw error;
    } finally {
      this.reading = undefined;
      this.failedAt = failedAt;
      if (failedAt !== undefined && !this.isClosed) this.changed.fire();
    }
  }

  /** The readiness checks are under way. */
  get isChecking(): boolean {
    return this.checks !== undefined;
  }

  /** Runs the readiness checks; callers during a run for the same purpose get the same result. Rejects with an AbortError when stopped. */
  diagnose(purpose: Purpose): Promise<Finding[]> {
    if (this.checks?.purpose === purpose) return this.checks.findings;
    this.stopChecks();
    const stop = new AbortController();
    const findings = this.check(purpose, stop.signal).finally(() => this.endChecks(checks));
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

  private async check(purpose: Purpose, signal: AbortSignal): Promise<Finding[]> {
    // A change may be before it in the queue; who stops the checks doesn't wait for that.
    const findings = await Promise.race([this.control.diagnose(purpose, signal), abortOf(signal)]);
    if (this.isClosed) return findings;
    const at = new Date();
    const before = await this.runs?.replace(this.machine, purpose, { at, findings });
    const changes = before && { ...findingChanges(before.findings, findings), since: before.at };
    this.readiness = { findings, purpose, at, changes };
    this.changed.fire();
    return findings;
  }
}

/** Rejects with the signal's reason; never resolves. */
const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
