import { constants } from 'node:fs';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { home } from '../home';
import { privateFolder } from '../privateFolder';

/** Where the askpass program and its socket are. */
export interface Place {
  program: string;
  socket: string;
  /** Ours alone; removed in the end. */
  folders: string[];
  /** Why ssh can't start the program. */
  obstacle?: string;
}

/** Puts the program where ssh can start it: a temporary folder is often mounted `noexec`. */
export async function placeProgram(text: string, others = [join(home(), '.cache'), home()]): Promise<Place> {
  const usual = await mkdtemp(join(await privateFolder(), 'ask-'));
  const place = { program: join(usual, 'askpass'), socket: join(usual, 'socket'), folders: [usual] };
  if (await canRun(place.program, text)) return place;
  for (const root of others) {
    const folder = await mkdtemp(join(root, '.sriov-ask-')).catch(() => undefined);
    if (folder === undefined) continue;
    const program = join(folder, 'askpass');
    if (await canRun(program, text)) return { ...place, program, folders: [usual, folder] };
    await rm(folder, { recursive: true });
  }
  const places = [usual, ...others].join(' nor from ');
  return {
    ...place,
    obstacle: `ssh can't prompt, since no program can be started from ${places} (mounted noexec?). Set TMPDIR to a folder where programs can be started, or use a key in your ssh agent.`,
  };
}

/** Writes a program; false where it could not be started. The kernel's answer takes the mount into account. */
const canRun = (program: string, text: string): Promise<boolean> =>
  writeFile(program, text, { mode: 0o700 })
    .then(() => access(program, constants.X_OK))
    .then(
      () => true,
      () => false,
    );
