import { randomBytes } from 'node:crypto';
import { HostError, type Host } from '../host/host';
import type { last } from './printed';
import { sections, type Section } from './sections';

const end: keyof typeof last = 'end';

/**
 * Runs a program that answers in sections, the last of them `end`: one round trip. Rejects with HostError when the host
 * can't be reached or the answer was cut short.
 */
export async function readSections(host: Host, program: string, signal?: AbortSignal): Promise<Section[]> {
  const nonce = randomBytes(12).toString('hex');
  const { stdout, stderr } = await host.run(program.replaceAll('__NONCE__', nonce), { signal });
  const all = sections(stdout, nonce);
  if (all.at(-1)?.name !== end)
    throw new HostError(
      'lost',
      `The output of ${host.id} is incomplete: ${stderr.trim().split('\n').at(-1) || 'the connection was lost'}.`,
      stderr,
    );
  return all;
}
