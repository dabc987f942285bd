import { lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A folder with a short path (unix sockets end at about 104 bytes) that nobody else can look into or write to. */
export async function privateFolder(): Promise<string> {
  const { uid } = userInfo();
  const folder = join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `sriov-ssh-${uid}`);
  await mkdir(folder, { mode: 0o700 }).catch(() => {});
  const stat = await lstat(folder).catch(() => undefined);
  const ours = stat?.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0;
  return ours ? folder : mkdtemp(join(tmpdir(), 'sriov-ssh-'));
}
