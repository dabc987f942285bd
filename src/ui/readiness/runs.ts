import * as v from 'valibot';
import type { Memento } from 'vscode';
import { causes, purposes, severities, type Purpose } from '../../model/finding';
import { pastFinding, type PastFinding } from '../../model/findingChanges';

export interface PastRun {
  at: Date;
  findings: PastFinding[];
}

/** What was found the last time, per machine and purpose. */
export interface Runs {
  /** Remembers a run, and resolves to the one before. */
  replace(machine: string, purpose: Purpose, run: PastRun): Promise<PastRun | undefined>;
}

const key = 'sriov.readiness.runs';
const mostMachines = 50;

const kept = v.record(
  v.string(),
  v.record(
    v.picklist(purposes),
    v.object({
      at: v.pipe(v.string(), v.isoTimestamp()),
      findings: v.array(
        v.object({
          ...{ id: v.string(), subject: v.string(), title: v.string() },
          ...{ cause: v.picklist(causes), severity: v.picklist(severities) },
        }),
      ),
    }),
  ),
);

/** The last runs in the extension's own storage: of the machines that were looked at last, and without their evidence. */
export class KeptRuns implements Runs {
  constructor(private readonly state: Memento) {}

  async replace(machine: string, purpose: Purpose, run: PastRun): Promise<PastRun | undefined> {
    // Another version may have written it.
    const read = v.safeParse(kept, this.state.get(key, {}));
    const { [machine]: before, ...others } = read.success ? read.output : {};
    const latest = { at: run.at.toISOString(), findings: run.findings.map(pastFinding) };
    const all = { ...others, [machine]: { ...before, [purpose]: latest } };
    await this.state.update(key, Object.fromEntries(Object.entries(all).slice(-mostMachines)));
    const last = before?.[purpose];
    return last && { at: new Date(last.at), findings: last.findings };
  }
}
