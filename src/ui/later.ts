/**
 * What no view needs, only commands, agents and counters; loaded in one part with the first of them. See commands/late.ts,
 * agents/register.ts and counters/counters.ts.
 */
export { CountersPart } from './counters/countersPart';
export { tellKeptFailures } from './hosts/keptFailures';
export { tools } from './agents/tools';
export { applyPlan } from './commands/changes/applyPlan';
export { attach, attachForm } from './commands/changes/attach';
export { attachAgain } from './commands/changes/attachAgain';
export { configureVf } from './commands/changes/configureVf';
export { attachVfs } from './commands/changes/attachSeveral';
export { detach } from './commands/changes/detach';
export { drop } from './commands/changes/drop';
export { move } from './commands/changes/move';
export { keep } from './commands/changes/keep';
export { finish, recover } from './commands/changes/recover';
export { removeVfs } from './commands/changes/removeVfs';
export { giveNameBack, restore } from './commands/changes/restore';
export { setAutoprobe } from './commands/changes/setAutoprobe';
export { setVfCount } from './commands/changes/setVfCount';
export { showHistory } from './commands/changes/showHistory';
export { showPlan } from './commands/changes/showPlan';
export { stopKeeping } from './commands/changes/stopKeeping';
export { undoLast } from './commands/changes/undoLast';
export { adoptHost } from './commands/declared/adoptHost';
export { applyFile } from './commands/declared/applyFile';
export { planFile } from './commands/declared/planFile';
export { copyEnterCommand, copyInspectCommand } from './commands/inside/copyLines';
export { ping } from './commands/inside/ping';
export { openShell, openTerminal } from './commands/inside/terminals';
export { copyMac, copyName, copyPciAddress } from './commands/looking/copy';
export { inspectJson } from './commands/looking/inspectJson';
export { showKeptLog } from './commands/looking/showKeptLog';
export { showCounters } from './commands/looking/showCounters';
export { capture } from './commands/packets/capture';
export { checkPath } from './commands/packets/checkPath';
export { openTopology } from './commands/looking/openTopology';
export { applyFix, undoFix } from './commands/readiness/applyFix';
export { choosePurpose } from './commands/readiness/choosePurpose';
export { collectEvidence } from './commands/readiness/collectEvidence';
export { copyResult } from './commands/readiness/copyResult';
export { diagnoseText } from './commands/readiness/diagnoseText';
export { exportReport, showReport } from './commands/readiness/reports';
export { cancelReadiness, runAgain, runReadiness } from './commands/readiness/runReadiness';
export { copyRunLine } from './commands/userspace/copyRunLine';
export { prepareVfs } from './commands/userspace/prepare';
export { createBundle } from './commands/readiness/createBundle';
export { showFix } from './commands/readiness/showFix';
