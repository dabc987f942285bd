import type { Host } from '../host/host';
import type { HostEvidence } from '../model/evidence';
import program from './evidence.sh';
import { evidenceOf } from './evidenceOf';
import { readSections } from './readSections';

/**
 * Reads what the readiness rules look at: one program, one round trip. Rejects with HostError when the host can't be
 * reached; what only couldn't be read is `null` in the evidence.
 */
export async function collectEvidence(host: Host, signal?: AbortSignal): Promise<HostEvidence> {
  return evidenceOf(await readSections(host, program, signal));
}
