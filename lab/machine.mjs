import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answersSsh, writeAccess } from './access.mjs';
import { ensureGrubDisk } from './grub.mjs';
import { ensureNewerQemu, installedQemu } from './newerQemu.mjs';
import { consoleLog, consoleText, endOfConsole, qemuLog, qemuText } from './logs.mjs';
import { machineArguments } from './qemu.mjs';
import { systemReset } from './qmp.mjs';
import { isRunning, readState, removeState, stateFolder, writeState } from './state.mjs';
import { environment } from './tools.mjs';

/** On a busy computer an emulated timer may be lost for good, and the guest with it: its kernel says so after 21 s. */
const stalled = 'detected stalls on CPUs';

/**
 * Starts QEMU and returns when everything in the guest is ready; on failure nothing is left. A guest that stalls is started
 * once more, within the same limit.
 *
 * @param {string} name
 * @param {import("./variants.mjs").Variant} variant
 * @param {string} image
 * @param {AbortSignal} interrupt
 */
export async function boot(name, variant, image, interrupt) {
  removeState(name);
  const deadline = Date.now() + limitOf(variant);
  try {
    await start(name, variant, image);
    try {
      await ready(name, 0, deadline, interrupt, stalled);
    } catch (error) {
      if (!consoleText(name).includes(stalled)) throw error;
      console.log('The guest stalled; it is started once more');
      await stop(name);
      await start(name, variant, image);
      await ready(name, 0, deadline, interrupt);
    }
  } catch (error) {
    console.error(endOfConsole(name));
    await stop(name);
    throw error;
  }
}

/** @param {string} name */
export async function stop(name) {
  const pid = readState(name)?.pid;
  if (pid && isRunning(name)) {
    process.kill(pid, 'SIGTERM');
    for (let tries = 0; tries < 50 && isRunning(name); tries += 1) await sleep(100);
    if (isRunning(name)) process.kill(pid, 'SIGKILL');
    while (isRunning(name)) await sleep(50);
  }
  removeState(name);
}

/**
 * The reset button: memory is lost, what was written to the disk stays until the machine is stopped.
 *
 * @param {string} name
 * @param {import("./variants.mjs").Variant} variant
 */
export async function reset(name, variant) {
  const state = readState(name);
  if (!state || !isRunning(name)) throw new Error(`${name} is not running.`);
  const written = statSync(consoleLog(name)).size;
  await systemReset(join(state.sockets, 'qmp'));
  await ready(name, written, Date.now() + limitOf(variant));
}

/**
 * @param {string} name
 * @param {import("./variants.mjs").Variant} variant
 * @param {string} image
 */
async function start(name, variant, image) {
  const ownDisk = variant.boots === 'grub' ? await ensureGrubDisk(image, variant) : undefined;
  const emulator = variant.cards.includes('virtio') ? await ensureNewerQemu() : installedQemu;
  const accelerator = process.env['LAB_ACCEL'] || 'tcg';
  // Socket paths are limited to about a hundred bytes: a checkout's own path may be longer.
  const sockets = mkdtempSync(join(tmpdir(), 'sriov-lab-'));
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const state = { pid: 0, port, sockets, image, accelerator, ready: false };
    writeState(name, state);
    writeAccess(name, image, port);
    const output = openSync(qemuLog(name), 'w');
    const argv = machineArguments({
      ...{ variant, image, ownDisk, sockets, port, accelerator },
      state: stateFolder(name),
    });
    const qemu = spawn(emulator.file, [...emulator.args, ...argv], {
      // By this and the folder in its arguments it is known again.
      argv0: installedQemu.file,
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...environment, ...emulator.env },
    });
    closeSync(output);
    writeState(name, { ...state, pid: qemu.pid ?? 0 });
    qemu.unref();
    // Between asking for a free port and using it, another process may have taken it.
    await sleep(500);
    if (isRunning(name) || tries === 5 || !/host forwarding/.test(qemuText(name))) return;
  }
}

/**
 * @param {string} name
 * @param {number} from where in the console's log this boot begins
 * @param {number} deadline
 * @param {AbortSignal} [interrupt]
 * @param {string} [fatal] a message on the console after which waiting is useless
 */
async function ready(name, from, deadline, interrupt, fatal) {
  const said = () => consoleText(name).slice(from);
  const alive = () => {
    if (interrupt?.aborted) throw new Error('Interrupted.');
    if (!isRunning(name)) throw new Error(`QEMU ended by itself. ${qemuText(name)}`);
    if (said().includes('lab: not ready'))
      throw new Error('The guest could not start what the lab promises.');
    if (fatal && said().includes(fatal)) throw new Error('The guest stalled.');
    if (said().includes('Kernel panic')) throw new Error("The guest's kernel panicked.");
    if (Date.now() > deadline) throw new Error("The machine wasn't ready in time.");
  };
  while (!said().includes('lab: ready')) {
    alive();
    await sleep(200);
  }
  while (!answersSsh(name)) {
    alive();
    await sleep(500);
  }
  const state = readState(name);
  if (state) writeState(name, { ...state, ready: true });
}

/** @param {import("./variants.mjs").Variant} variant */
function limitOf(variant) {
  return 1000 * (Number(process.env['LAB_TIMEOUT']) || variant.limit);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
