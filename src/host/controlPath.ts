import { join } from 'node:path';
import { loadExeca } from './execa';
import { privateFolder } from './privateFolder';
import { quickly, type SshConfig } from './sshOptions';

/** How programs share a connection. */
export interface Sharing {
  options: string[];
  /** Whether the connection is one that we opened, and may end. */
  isOurs: boolean;
}

export const noSharing: Sharing = { options: [], isOurs: false };

/**
 * Lets all programs share one connection: the user's, if one is open at the path that the configuration names or would
 * persist by itself, else one of ours. None if OpenSSH can't (Windows).
 */
export async function sharing(
  ssh: string,
  base: string[],
  destination: string,
  config: SshConfig,
): Promise<Sharing> {
  if (process.platform === 'win32') return noSharing;
  const value = (keyword: string) => config.get(keyword) ?? 'no';
  if (!['no', 'none', ''].includes(value('controlpath'))) {
    const { execa } = await loadExeca();
    const check = await execa(ssh, [...base, '-O', 'check', '--', destination], quickly);
    // A session that the user opens on a connection held by one of our programs would end with that program.
    if (check.exitCode === 0) return { options: ['-o', 'ControlMaster=no'], isOurs: false };
    if (value('controlmaster') === 'auto' && value('controlpersist') !== 'no') return noSharing;
  }
  const path = join(await privateFolder(), '%C');
  return {
    options: ['-o', 'ControlMaster=auto', '-o', 'ControlPersist=60', '-o', `ControlPath=${path}`],
    isOurs: true,
  };
}
