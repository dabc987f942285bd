import { diagnose } from '../diagnostics/diagnose';
import { parseEvidence } from '../diagnostics/parseEvidence';
import type { Finding, Purpose } from '../model/finding';

/**
 * Applies the rules to evidence from another host: a file of `--collect` or pasted text. Throws EvidenceFormatError for
 * JSON that isn't evidence.
 */
export const diagnoseText = (text: string, purpose?: Purpose): Finding[] =>
  diagnose(parseEvidence(text), purpose);
