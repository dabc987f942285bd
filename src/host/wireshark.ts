import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Writable } from 'node:stream';
import { loadExeca } from './execa';

/** Where it is installed besides the PATH. */
const elsewhere: Partial<Record<NodeJS.Platform, string[]>> = {
  win32: ['C:\\Program Files\\Wireshark'],
  darwin: ['/Applications/Wireshark.app/Contents/MacOS'],
};

/** The Wireshark of this machine; undefined where none is found. */
export async function findWireshark(
  { PATH = '' }: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const name = { win32: 'Wireshark.exe', darwin: 'Wireshark' }[process.platform as string];
  const folders = [...PATH.split(delimiter), ...(elsewhere[process.platform] ?? [])].filter(Boolean);
  for (const folder of folders)
    for (const program of new Set(['wireshark', name ?? 'wireshark'])) {
      const path = join(folder, program);
      if (await access(path, constants.X_OK).then(yes, no)) return path;
    }
  return undefined;
}

/** Starts it; it shows what is written there, which is closed once it has ended. */
export async function startWireshark(program: string): Promise<Writable> {
  const { execa } = await loadExeca();
  const child = execa(program, ['-k', '-i', '-'], {
    ...{ stdin: 'pipe', stdout: 'ignore', stderr: 'ignore', buffer: false, reject: false },
    // What was captured can be looked at after this has ended.
    ...{ detached: true, cleanup: false },
  });
  const { stdin } = child;
  stdin.on('error', () => {});
  void child.then(() => stdin.destroy());
  return stdin;
}

const yes = () => true;
const no = () => false;
