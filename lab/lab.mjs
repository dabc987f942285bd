import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { recordedHost, recordedHosts } from '../test/hosts/index.mjs';
import { sshConfig } from './access.mjs';
import { attachConsole } from './console.mjs';
import { exclusively } from './exclusive.mjs';
import { ensureImage } from './image.mjs';
import { consoleLog } from './logs.mjs';
import { boot, reset, stop } from './machine.mjs';
import { prepareReplay } from './replay/prepare.mjs';
import { isRunning, readState, startedVariants, stateFolder, states } from './state.mjs';
import { ensureLabTools } from './tools.mjs';
import { variantNamed, variants } from './variants.mjs';

/** @type {Record<string, { usage: string, does: string, run: (argv: string[]) => void | number | Promise<number | void> }>} */
const commands = {
  up: { usage: 'up [VARIANT]', does: 'starts a machine and waits until it is ready', run: up },
  down: { usage: 'down [VARIANT | --all]', does: 'stops it and leaves nothing behind', run: down },
  status: { usage: 'status', does: 'lists the variants and what runs', run: status },
  ssh: { usage: 'ssh [VARIANT] [-- COMMAND]', does: "root's shell, or one command", run: ssh },
  console: { usage: 'console [VARIANT]', does: 'the serial console', run: serialConsole },
  reset: {
    usage: 'reset [VARIANT]',
    does: 'presses the reset button and waits until it is ready',
    run: pressReset,
  },
  replay: {
    usage: 'replay [HOST]',
    does: 'serves a recorded host to ssh, read-only; lists them',
    run: replay,
  },
};

const [name = '', ...argv] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) {
  try {
    process.exitCode = (await command.run(argv)) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} else {
  for (const { usage, does } of Object.values(commands))
    console.log(`npm run lab -- ${usage.padEnd(27)} ${does}`);
  console.log(`\nVariants: ${Object.keys(variants).join(', ')}`);
  process.exitCode = ['', 'help', '--help'].includes(name) ? 0 : 2;
}

/** @param {string[]} argv */
async function up([name = 'default']) {
  const variant = variantNamed(name);
  ensureLabTools();
  await alone(async () => {
    if (isRunning(name) && readState(name)?.ready) return console.log(`${name} is already running`);
    await stop(name);
    const image = await ensureImage(variant.system);
    const interrupt = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interrupt.abort());
    console.log(`Starting ${name}: ${variant.about}`);
    const started = Date.now();
    await boot(name, variant, image, interrupt.signal);
    console.log(`Ready after ${((Date.now() - started) / 1000).toFixed(0)} s`);
  });
  console.log(`Connect: npm run lab -- ssh ${name}   or: ssh -F ${sshConfig(name)} sriov-lab`);
}

/** @param {string[]} argv */
async function down([name = 'default']) {
  if (name !== '--all') variantNamed(name);
  for (const each of name === '--all' ? startedVariants() : [name]) {
    await alone(async () => {
      const known = readState(each);
      await stop(each);
      console.log(known ? `${each} is down` : `${each} was not running`);
    });
  }
}

function status() {
  for (const [name, variant] of Object.entries(variants)) {
    const state = readState(name);
    const running = state && `${state.ready ? 'up' : 'starting'}, port ${state.port}, pid ${state.pid}`;
    const condition = isRunning(name) ? running : state ? 'died (`down` cleans up)' : '-';
    console.log(`${name.padEnd(14)}${String(condition).padEnd(34)}${variant.about}`);
  }
}

/** @param {string[]} argv */
function ssh(argv) {
  const split = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const name = argv.slice(0, split)[0] ?? 'default';
  runningState(name);
  const child = spawnSync('ssh', ['-F', sshConfig(name), 'sriov-lab', ...argv.slice(split + 1)], {
    stdio: 'inherit',
  });
  return child.status ?? 255;
}

/** @param {string[]} argv */
async function serialConsole([name = 'default']) {
  await attachConsole(consoleLog(name), join(runningState(name).sockets, 'console'));
}

/** @param {string[]} argv */
async function pressReset([name = 'default']) {
  runningState(name);
  await alone(() => reset(name, variantNamed(name)));
  console.log(`${name} is ready again`);
}

/** @param {string[]} argv */
async function replay([name]) {
  if (name === undefined) {
    for (const each of recordedHosts) console.log(`${each.padEnd(14)}${(await recordedHost(each)).about}`);
    return;
  }
  const { about } = await recordedHost(name);
  const config = prepareReplay(name, stateFolder(`replay-${name}`));
  console.log(`${name}: ${about}. It is a recording: it can be looked at, and not changed.`);
  console.log(`Connect: sriov --host ${name} --ssh-config ${config} inventory`);
}

/** @param {string} name */
function runningState(name) {
  variantNamed(name);
  const state = readState(name);
  if (!state || !isRunning(name)) throw new Error(`${name} is not running: npm run lab -- up ${name}`);
  return state;
}

/**
 * One `up`, `down` or `reset` at a time in this checkout: two machines that boot together take twice as long each.
 *
 * @param {() => Promise<void>} work
 */
function alone(work) {
  return exclusively(states, 'Waiting for another `up`, `down` or `reset`', work);
}
