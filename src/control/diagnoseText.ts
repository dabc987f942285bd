import { diagnose } from '../diagnostics/diagnose';
import { parseEvidence } from '../diagnostics/parseEvidence';
import type { Finding, Purpose } from '../model/finding';

/**
 * What the rules say about evidence from another host, a file of `--collect` or pasted text. Throws EvidenceFormatError for
 * JSON that is no evidence.
 */
export const diagnoseText = (text: string, purpose?: Purpose): Finding[] =>
  diagnose(parseEvidence(text), purpose);
