import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { sshConfig } from '../lab/access.mjs';
import { isRunning, readState } from '../lab/state.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const variant = '63vfs';

/**
 * A machine of the lab with nine cards and ten containers, and both ways to work on it. Each call is a login of its own.
 *
 * @typedef {object} LabHost
 * @property {(program: string) => Promise<string>} sh what a person would type, as one ssh command; throws when it fails
 * @property {(...args: string[]) => Promise<string>} sriov our command; throws when it fails
 */

/** @type {LabHost} */
export const host = {
  async sh(program) {
    const own = ['-o', 'ControlMaster=no', '-o', 'ControlPath=none'];
    return (
      await execa('ssh', ['-F', sshConfig(variant), ...own, 'sriov-lab', 'sh', '-s'], { input: program })
    ).stdout;
  },
  async sriov(...args) {
    const argv = ['dist/cli.js', '--host', 'sriov-lab', '--ssh-config', sshConfig(variant), ...args];
    return (await execa(process.execPath, argv, { cwd: root, stdin: 'ignore' })).stdout;
  },
};

/**
 * Starts the machine, unless it runs, for as long as `work` takes.
 *
 * @template T
 * @param {(host: LabHost) => Promise<T>} work
 */
export async function withLab(work) {
  const lab = (/** @type {string[]} */ ...argv) =>
    execa(process.execPath, ['lab/lab.mjs', ...argv], {
      cwd: root,
      stdout: process.stderr,
      stderr: 'inherit',
    });
  const wasThere = isRunning(variant) && readState(variant)?.ready;
  if (!wasThere) await lab('up', variant);
  try {
    return await work(host);
  } finally {
    if (!wasThere) await lab('down', variant);
  }
}
