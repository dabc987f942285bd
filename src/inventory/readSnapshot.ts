import { randomBytes } from 'node:crypto';
import { HostError, type Host } from '../host/host';
import type { HostSnapshot } from '../model/snapshot';
import { assemble } from './assemble';
import probe from './probe.sh';
import { sections } from './sections';

/** Reads a host: one program, one round trip. Rejects with HostError when it can't be reached or answers nonsense. */
export async function readSnapshot(host: Host, signal?: AbortSignal): Promise<HostSnapshot> {
  const nonce = randomBytes(12).toString('hex');
  const { stdout, stderr } = await host.run(probe.replaceAll('__NONCE__', nonce), { signal });
  const all = sections(stdout, nonce);
  if (all.at(-1)?.name !== 'end')
    throw new HostError(
      'lost',
      `The answer of ${host.id} was cut short: ${stderr.trim().split('\n').at(-1) || 'the connection broke'}.`,
      stderr,
    );
  return assemble(host.id, all);
}
