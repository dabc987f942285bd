import { readFile } from 'node:fs/promises';
import { HostError } from '../../host/host';
import { isPackaged } from '../../model/packages';
import type { Line } from '../shown/styled';
import { packaged } from './hints';
import { hintText } from './hintText';

/** How to get the program that would have reached the host. */
export async function hintHere(error: unknown): Promise<Line[]> {
  const program = error instanceof HostError ? error.missing : undefined;
  if (program === undefined || !isPackaged(program)) return [];
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const os = /^ID="?([\w-]+)"?$/m.exec(release)?.[1] ?? null;
  return [hintText(packaged(program, os), 'local')];
}
