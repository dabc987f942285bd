import * as v from 'valibot';
import type { Memento } from 'vscode';
import { causes, purposes, severities, type Purpose } from '../../model/finding';
import { Kept } from '../kept';
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

const runsOfMachine = v.record(
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
);

/** The last runs in the extension's own storage: of the machines that were looked at last, and without their evidence. */
export class KeptRuns implements Runs {
  private readonly kept: Kept<v.InferOutput<typeof runsOfMachine>>;

  constructor(state: Memento) {
    this.kept = new Kept(state, key, runsOfMachine, mostMachines);
  }

  async replace(machine: string, purpose: Purpose, run: PastRun): Promise<PastRun | undefined> {
    const before = this.kept.of(machine);
    const latest = { at: run.at.toISOString(), findings: run.findings.map(pastFinding) };
    await this.kept.keep(machine, { ...before, [purpose]: latest });
    const last = before?.[purpose];
    return last && { at: new Date(last.at), findings: last.findings };
  }
}
