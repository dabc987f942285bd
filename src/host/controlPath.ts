import { execa } from 'execa';
import { mkdir, lstat, mkdtemp } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * The ssh options that let all commands share one connection. Empty where the user's configuration shares connections
 * already, or where OpenSSH can't (Windows).
 */
export async function controlOptions(ssh: string, base: string[], destination: string): Promise<string[]> {
  if (process.platform === 'win32' || (await userShares(ssh, base, destination))) return [];
  const directory = await controlDirectory();
  return [
    ...['-o', 'ControlMaster=auto', '-o', 'ControlPersist=60'],
    ...['-o', `ControlPath=${join(directory, '%C')}`],
  ];
}

async function userShares(ssh: string, base: string[], destination: string): Promise<boolean> {
  const { stdout, exitCode } = await execa(ssh, [...base, '-G', '--', destination], { reject: false });
  if (exitCode !== 0) return false;
  const value = (key: string) => new RegExp(`^${key} (.*)$`, 'm').exec(stdout)?.[1] ?? '';
  return (
    !['', 'no', 'false'].includes(value('controlmaster')) && !['', 'none'].includes(value('controlpath'))
  );
}

/** A short path (unix sockets end at about 104 bytes) that nobody else can write to. */
async function controlDirectory(): Promise<string> {
  const { uid } = userInfo();
  const directory = join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `sriov-ssh-${uid}`);
  await mkdir(directory, { mode: 0o700 }).catch(() => {});
  const stat = await lstat(directory).catch(() => undefined);
  const ours = stat?.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0;
  return ours ? directory : mkdtemp(join(tmpdir(), 'sriov-ssh-'));
}
