import { applyChange } from './applied';
import { explainLog, runReadiness } from './checks';
import { listFunctions } from './listFunctions';
import { planChange } from './planned';
import type { ToolName } from './names';
import type { Tool } from './tool';

export const tools: Record<ToolName, Tool> = {
  sriov_list_functions: listFunctions,
  sriov_run_readiness: runReadiness,
  sriov_explain_log: explainLog,
  sriov_plan_change: planChange,
  sriov_apply_change: applyChange(),
};
