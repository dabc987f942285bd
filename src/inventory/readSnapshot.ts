import type { Host } from '../host/host';
import ownFolder from '../host/ownFolder.sh';
import type { HostSnapshot } from '../model/snapshot';
import { assemble } from './assemble';
import { besideEngines, engineShell } from './engines';
import probe from './probe.sh';
import { readSections } from './readSections';

/** The program that looks at a host: `probe.sh` with what asks the engines. */
export const probeProgram = [ownFolder, engineShell, probe]
  .join('\n')
  .replace('__BESIDE_ENGINES__', () => besideEngines);

/** Reads a host: one program, one round trip. Rejects with HostError when it can't be reached or answers nonsense. */
export async function readSnapshot(host: Host, signal?: AbortSignal): Promise<HostSnapshot> {
  return assemble(host.id, await readSections(host, probeProgram, signal));
}
