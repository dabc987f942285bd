import { setTimeout as sleep } from 'node:timers/promises';
import { sshConfig } from '../lab/access.mjs';
import { openShell } from '../lab/shell.mjs';
import { countStarts } from '../lab/starts.mjs';
import { variant } from './lab.mjs';
import { startWorkbench } from './workbench.mjs';

/**
 * What a host had to do in a while.
 *
 * @typedef {object} Load
 * @property {import('../lab/starts.mjs').Start[]} starts
 * @property {number} processes that were made, threads and parts of shells among them
 * @property {number} cpu seconds
 */

/** After this many milliseconds out of sight nothing is listened to any more, and what listened has noticed it. */
const longHidden = 62_000 + 16_000;

/**
 * What the workbench costs a host on which nothing happens: with its view visible, hidden for long, and as the control without a
 * workbench. The host's own kernel counts.
 *
 * @type {import('./live.mjs').LiveBench}
 */
export async function idle({ seconds }) {
  const loads = await measured(seconds);
  const { control, hidden } = loads;
  const ours = (/** @type {Load} */ { starts }) => starts.filter(({ isByLogin }) => isByLogin);
  const others = (/** @type {Load} */ { starts }) => starts.filter(({ isByLogin }) => !isByLogin);
  return {
    figures: loads,
    missed: ours(hidden).length > 0 ? ['idle hidden'] : [],
    lines: [
      `| idle, ${seconds} s each | commands by ssh | programs of ours | processes made there | CPU there, s | more than without |`,
      '|---|---|---|---|---|---|',
      ...Object.entries(loads).map(([name, load]) => {
        const asked = load.starts.filter((start) => start.seconds !== undefined).length;
        const more = (load.cpu - control.cpu).toFixed(2);
        return `| ${[name, asked, ours(load).length, load.processes, load.cpu.toFixed(2), more].join(' | ')} |`;
      }),
      '',
      'Aim: none of ours while hidden.',
      ...Object.entries(loads).flatMap(([name, load]) =>
        [ours(load), others(load)].map(
          (starts, index) =>
            `Programs ${index ? "of the host's own" : 'of ours'}, ${name}: ${counted(starts)}.`,
        ),
      ),
    ],
  };
}

/**
 * @param {number} seconds
 * @returns {Promise<Record<'control' | 'visible' | 'hidden', Load>>}
 */
async function measured(seconds) {
  const settings = { 'sriov.ssh.configFile': sshConfig(variant), 'sriov.host.default': 'sriov-lab' };
  const shell = openShell(variant);
  const workbench = await startWorkbench(settings);
  try {
    const control = await loadIn(shell, seconds);
    await workbench.open();
    await workbench.show(/^SR-IOV/);
    await workbench.page.getByRole('treeitem', { name: /^Adapter enp1s0/ }).waitFor({ timeout: 60_000 });
    await sleep(10_000);
    const visible = await loadIn(shell, seconds);
    await workbench.show(/^Explorer/);
    await sleep(longHidden);
    return { control, visible, hidden: await loadIn(shell, seconds) };
  } finally {
    await workbench.stop();
    await shell.close();
  }
}

/**
 * @param {import('../lab/shell.mjs').Shell} shell
 * @param {number} seconds
 * @returns {Promise<Load>}
 */
async function loadIn(shell, seconds) {
  const read = async () => {
    const said = await shell.run('cat /proc/stat; getconf CLK_TCK');
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] =
      said
        .match(/^cpu +(.*)$/m)?.[1]
        ?.split(' ')
        .map(Number) ?? [];
    return {
      processes: Number(said.match(/^processes (\d+)$/m)?.[1]),
      cpu: (user + nice + system + irq + softirq + steal) / Number(said.match(/\d+$/)),
    };
  };
  const end = await countStarts(shell);
  const before = await read();
  await sleep(seconds * 1000);
  const after = await read();
  return {
    starts: await end(),
    processes: after.processes - before.processes,
    cpu: after.cpu - before.cpu,
  };
}

/** @param {import('../lab/starts.mjs').Start[]} starts */
function counted(starts) {
  const names = starts.map(({ program }) => program);
  const all = [...new Set(names)].map((name) => ({
    name,
    count: names.filter((one) => one === name).length,
  }));
  const said = all.sort((a, b) => b.count - a.count).map(({ name, count }) => `${count} ${name}`);
  return said.join(', ') || 'none';
}
