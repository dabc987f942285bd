/** The readiness rules and their evidence; see whenNeeded.ts. */
export { collectEvidence } from '../inventory/collectEvidence';
export { diagnose } from '../diagnostics/diagnose';
export { diagnoseText } from './diagnoseText';
export { evidenceFile } from './evidenceFile';
export { supportFiles } from './supportFiles';
export { whyItFailed } from '../diagnostics/failedStep';
