/** Everything that changes a host or reads what changes left there; counting is included, since a part of its own would cost more. See whenNeeded.ts. */
import { newChangeId } from '../execution/applyPlan';
import { readKept } from '../execution/hostJournal';
import { renderProgram } from '../execution/render';
import type { Host } from '../host/host';
import { parsePlan } from '../inventory/keptPlan';
import type { PastChange } from '../model/journal';
import type { Plan } from '../model/plan';

export { applyPlan } from '../execution/applyPlan';
export { readJournal } from '../execution/hostJournal';
export { readKeptRuns } from '../execution/keptRuns';
export { terminalProgram } from '../execution/terminalProgram';
export { readTriggers } from '../inventory/lasting/triggers';
export { readConfiguration } from '../inventory/readConfiguration';
export { count } from './count';
export { recoverHost } from './recover';

export const scriptOf = (plan: Plan): string => renderProgram(plan, newChangeId());

/** The host's list of changes with the plans that it keeps; undefined if only root may read it. */
export async function readHistory(host: Host): Promise<PastChange[] | undefined> {
  const kept = await readKept(host);
  return kept?.entries.map((entry) => ({ ...entry, plan: parsePlan(kept.plans.get(entry.id)) ?? undefined }));
}
