import type { Host } from '../host/host';
import ownFolder from '../host/ownFolder.sh';
import type { HostSnapshot } from '../model/snapshot';
import { assemble } from './assemble';
import probe from './probe.sh';
import { readSections } from './readSections';

/** Reads a host: one program, one round trip. Rejects with HostError when it can't be reached or answers nonsense. */
export async function readSnapshot(host: Host, signal?: AbortSignal): Promise<HostSnapshot> {
  return assemble(host.id, await readSections(host, `${ownFolder}\n${probe}`, signal));
}
