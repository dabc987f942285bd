import { randomBytes } from 'node:crypto';
import { HostError, type Host } from '../host/host';
import type { HostEvidence } from '../model/evidence';
import program from './evidence.sh';
import { evidenceOf } from './evidenceOf';
import { sections } from './sections';

/**
 * Reads what the readiness rules look at: one program, one round trip. Rejects with HostError when the host can't be
 * reached; what only couldn't be read is `null` in the evidence.
 */
export async function collectEvidence(host: Host, signal?: AbortSignal): Promise<HostEvidence> {
  const nonce = randomBytes(12).toString('hex');
  const { stdout, stderr } = await host.run(program.replaceAll('__NONCE__', nonce), { signal });
  const all = sections(stdout, nonce);
  if (all.at(-1)?.name !== 'end')
    throw new HostError(
      'lost',
      `The answer of ${host.id} was cut short: ${stderr.trim().split('\n').at(-1) || 'the connection broke'}.`,
      stderr,
    );
  return evidenceOf(all);
}
