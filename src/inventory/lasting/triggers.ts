import type { Host } from '../../host/host';
import type { DockerFacts, TriggerFacts } from '../../model/lasting/triggerFacts';
import type { triggerSections } from '../printed';
import { readSections } from '../readSections';
import { answer, type Section } from '../sections';
import program from './triggers.sh';

/** Reads which triggers could keep a VF there: one program, one round trip. Rejects with HostError if it can't be reached. */
export const readTriggers = async (host: Host, signal?: AbortSignal): Promise<TriggerFacts> =>
  triggersOf(await readSections(host, program, signal));

/** Parses the sections of the program. Pure. */
export function triggersOf(all: readonly Section[]): TriggerFacts {
  const { body } = answer<typeof triggerSections>(all);
  return {
    systemd: body('systemd')?.trim() === 'yes',
    docker: docker(body('docker') ?? '', body('daemon-json') ?? ''),
    podman: /(\d+(?:\.\d+)+)/.exec(body('podman') ?? '')?.[1] ?? null,
  };
}

/** Docker before 25 has no such folders. */
function docker(said: string, file: string): DockerFacts | null {
  const [, version, folders = ''] = /^"(\d[\w.+~-]*)"(?: (\[.*\]|null))?/.exec(said) ?? [];
  if (version === undefined) return null;
  return {
    version,
    cdiFolders: [...folders.matchAll(/"([^"]+)"/g)].map(([, folder = '']) => folder),
    daemonJson: file.trim() === '' ? null : file,
  };
}
