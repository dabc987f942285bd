/** Every tool, by what the manifest calls it. */
export const toolNames = [
  'sriov_list_functions',
  'sriov_run_readiness',
  'sriov_explain_log',
  'sriov_plan_change',
  'sriov_apply_change',
] as const;
export type ToolName = (typeof toolNames)[number];
