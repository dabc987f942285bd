import { execa } from 'execa';
import { join } from 'node:path';
import { privateFolder } from './privateFolder';

/**
 * The ssh options that let all commands share one connection. Empty where the user's configuration shares connections
 * already, where a connection that the user opened is waiting at the place it names, or where OpenSSH can't (Windows).
 */
export async function controlOptions(ssh: string, base: string[], destination: string): Promise<string[]> {
  if (process.platform === 'win32' || (await userShares(ssh, base, destination))) return [];
  return [
    ...['-o', 'ControlMaster=auto', '-o', 'ControlPersist=60'],
    ...['-o', `ControlPath=${join(await privateFolder(), '%C')}`],
  ];
}

async function userShares(ssh: string, base: string[], destination: string): Promise<boolean> {
  const { stdout, exitCode } = await execa(ssh, [...base, '-G', '--', destination], quickly);
  if (exitCode !== 0) return false;
  const value = (key: string) => new RegExp(`^${key} (.*)$`, 'm').exec(stdout)?.[1] ?? '';
  if (['', 'none'].includes(value('controlpath'))) return false;
  if (!['', 'no', 'false'].includes(value('controlmaster'))) return true;
  const check = await execa(ssh, [...base, '-O', 'check', '--', destination], quickly);
  return check.exitCode === 0;
}

const quickly = { reject: false, timeout: 10_000, stdin: 'ignore' } as const;
