import { refuse, type Plan, type Refusal } from '../model/plan';
import type { ApplyRequest } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';

type Planner = (snapshot: HostSnapshot, request: ApplyRequest) => Plan | Refusal;
let planner: Planner | undefined;

/** By what a file is applied; it plans by `planChange` itself, and is loaded when somebody asks for that. */
export const appliesBy = (one: Planner): void => {
  planner = one;
};

export const planApplied: Planner = (snapshot, request) =>
  planner?.(snapshot, request) ??
  refuse('unknown-state', 'What plans a whole file is not loaded yet; try again.');
