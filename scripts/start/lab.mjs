import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sshConfig } from '../../lab/access.mjs';
import { prepareReplay } from '../../lab/replay/prepare.mjs';
import { isRunning, readState, stateFolder } from '../../lab/state.mjs';
import { recordedHost } from '../../test/hosts/index.mjs';

const VARIANT = 'default';
const program = fileURLToPath(new URL('../../lab/lab.mjs', import.meta.url));

/**
 * Brings the lab up, or takes the one that is up.
 *
 * @param {AbortSignal} interruption
 * @returns {Promise<{ settings: Record<string, unknown>, down: () => Promise<void> }>} how the extension gets there
 */
export async function labUp(interruption) {
  const wasUp = isRunning(VARIANT) && readState(VARIANT)?.ready;
  await lab(['up', VARIANT], interruption);
  return {
    settings: { 'sriov.ssh.configFile': sshConfig(VARIANT), 'sriov.host.default': 'sriov-lab' },
    down: async () => (wasUp ? undefined : lab(['down', VARIANT])),
  };
}

/**
 * Serves a recorded host, for which nothing has to run.
 *
 * @param {string} name
 * @returns {ReturnType<typeof labUp>}
 */
export async function replayed(name) {
  await recordedHost(name);
  const config = prepareReplay(name, stateFolder(`replay-${name}`));
  return {
    settings: { 'sriov.ssh.configFile': config, 'sriov.host.default': name },
    down: () => Promise.resolve(),
  };
}

/**
 * @param {string[]} argv
 * @param {AbortSignal} [interruption]
 */
async function lab(argv, interruption) {
  interruption?.throwIfAborted();
  // A group of its own: a Ctrl-C in the terminal reaches it once, through us.
  const child = spawn(process.execPath, [program, ...argv], { stdio: 'inherit', detached: true });
  interruption?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) throw new Error(`lab ${argv.join(' ')} failed (${signal ?? `exit ${code}`}).`);
}
