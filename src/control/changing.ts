/** All that changes a host, and reads what changes left there; see whenNeeded.ts. */
import { newChangeId } from '../execution/applyPlan';
import { renderProgram } from '../execution/render';
import type { Plan } from '../model/plan';

export { applyPlan } from '../execution/applyPlan';
export { readJournal } from '../execution/hostJournal';
export { readConfiguration } from '../inventory/readConfiguration';
export { recoverHost } from './recover';

export const scriptOf = (plan: Plan): string => renderProgram(plan, newChangeId());
