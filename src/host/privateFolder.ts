import { lstat, mkdir, mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { HostError } from './host';

/** A Unix socket path has 104 bytes at most; ssh adds a hash of 40 to the folder, and 17 more while it creates the socket. */
const longest = 104 - 1 - '/'.length - 40 - 17;

/**
 * A folder with a short path that nobody else can read, write to or replace. If the runtime
 * folder or TMPDIR is missing, belongs to another user, or is relative or too long, the next one is used.
 */
export async function privateFolder(): Promise<string> {
  const roots = [process.env.XDG_RUNTIME_DIR ?? '', tmpdir(), '/tmp'];
  for (const root of roots) {
    if (!isAbsolute(root) || Buffer.byteLength(named(root)) > longest || !(await staysOurs(root))) continue;
    const folder = (await ownFolder(root)) ?? (await newFolder(root));
    if (folder !== undefined) return folder;
  }
  const places = [...new Set(roots.filter(Boolean))].join(' or ');
  throw new HostError(
    'start',
    `ssh needs a private folder for its sockets, and none could be created in ${places}. Set TMPDIR to a writable folder with a short path.`,
    '',
  );
}

const uid = () => process.getuid?.() ?? 0;
const named = (root: string) => join(root, `sriov-ssh-${uid()}`);

async function ownFolder(root: string): Promise<string | undefined> {
  const folder = named(root);
  await mkdir(folder, { mode: 0o700 }).catch(() => {});
  const found = await lstat(folder).catch(() => undefined);
  const ours = found?.isDirectory() && found.uid === uid() && (found.mode & 0o077) === 0;
  return ours ? folder : undefined;
}

const newFolder = (root: string): Promise<string | undefined> =>
  mkdtemp(join(root, 'sriov-ssh-')).catch(() => undefined);

/** Whether what we create in a folder stays ours: the folder is ours or root's, and others who may write there can't rename what isn't theirs. */
async function staysOurs(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory() || ![0, uid()].includes(found.uid)) return false;
  return (found.mode & 0o022) === 0 || (found.mode & 0o1000) !== 0;
}
