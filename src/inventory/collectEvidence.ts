import type { Host } from '../host/host';
import { withBootFiles } from '../boot/files';
import ownFolder from '../host/ownFolder.sh';
import { clients } from '../model/engines';
import type { HostEvidence } from '../model/evidence';
import { bootPatterns, kernelPatterns } from '../model/logPatterns';
import { quoteAll } from '../model/quote';
import evidence from './evidence.sh';
import { evidenceOf } from './evidenceOf';
import { readSections } from './readSections';

/** The program that reads a host's evidence: `evidence.sh` with the patterns that select log lines. */
export const evidenceProgram = withBootFiles(`${ownFolder}\n${evidence}`)
  .replace('__BOOT_PATTERNS__', bootPatterns.join('|'))
  .replace('__KERNEL_PATTERNS__', kernelPatterns.join('|'))
  .replace('__ENGINE_CLIENTS__', () => quoteAll(clients.map(({ name }) => name)));

/**
 * Reads what the readiness rules look at: one program, one round trip. Rejects with HostError if the host can't be
 * reached; anything that couldn't be read is `null` in the evidence.
 */
export async function collectEvidence(host: Host, signal?: AbortSignal): Promise<HostEvidence> {
  return evidenceOf(await readSections(host, evidenceProgram, signal));
}
