/** What a session may never need; see commands/late.ts and agents/register.ts. */
export { tools } from './agents/tools';
export { copyEnterCommand, copyInspectCommand } from './commands/inside/copyLines';
export { ping } from './commands/inside/ping';
export { openShell, openTerminal } from './commands/inside/terminals';
export { applyFix, undoFix } from './commands/readiness/applyFix';
export { choosePurpose } from './commands/readiness/choosePurpose';
export { collectEvidence } from './commands/readiness/collectEvidence';
export { copyResult } from './commands/readiness/copyResult';
export { diagnoseText } from './commands/readiness/diagnoseText';
export { exportReport, showReport } from './commands/readiness/reports';
export { cancelReadiness, runReadiness } from './commands/readiness/runReadiness';
export { showFix } from './commands/readiness/showFix';
