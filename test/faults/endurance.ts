import { execa } from 'execa';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { crowd } from './clients';
import { cycle } from './cycles';
import { oddStates } from './lasting/odd';
import { untilReady } from './lasting/ready';
import { sevenKept } from './lasting/seven';
import { number } from './options';
import { keepResult } from './results';
import { World } from './world';

/**
 * `npm run test:endurance [-- --only PART,… --cycles N --minutes M --kept N --starts N --states TEXT --seed N]`: VFs attached and detached
 * over and over (cycles), a crowd of clients (crowd), what is kept for containers that stop and start (seven), how soon that is there
 * (ready), and in odd states of the host (odd; those with TEXT in their names). Kept in RESULTS.md.
 */
const { values } = parseArgs({
  options: {
    ...{ cycles: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
    ...{
      kept: { type: 'string' },
      starts: { type: 'string' },
      only: { type: 'string' },
      states: { type: 'string' },
    },
  },
});
const cycles = number('cycles', values.cycles) ?? 1000;
const minutes = number('minutes', values.minutes) ?? 5;
const kept = number('kept', values.kept) ?? 100;
const starts = number('starts', values.starts) ?? 30;
const seed = number('seed', values.seed) ?? Math.floor(Math.random() * 2 ** 31);

/** What a part of it came to: whatever is wrong makes it fail. */
interface Ran {
  heading: string;
  text: string;
  wrong: string[];
}

const parts: Record<string, (world: World) => Promise<Ran>> = {
  async cycles(world) {
    const ran = await cycle(world, cycles, (done, seconds) => {
      if (done % 25 === 0) console.log(`${done} of ${cycles}, ${seconds.toFixed(1)} s`);
    });
    return {
      heading: 'Over and over',
      text: `Two VFs attached to containers and detached, in turn and both at once, ${ran.cycles} times in total: ${ran.first.toFixed(2)} s each in the first tenth, ${ran.last.toFixed(2)} s in the last.\nLeft behind: ${ran.leaked.join('; ') || 'nothing'}.`,
      wrong: ran.leaked,
    };
  },
  async crowd(world) {
    const ran = await crowd(world, { clients: 8, perPf: 7, seconds: minutes * 60, seed });
    return {
      heading: 'Many at once',
      text: `Seed ${seed}. ${ran.clients} clients on ${ran.vfs} VFs for ${minutes} minutes: ${ran.attached} attached, ${ran.detached} detached, ${ran.refused} refused because another client had the VF or it was already in place.\nVFs with two holders, or lost: ${ran.wrong.join('; ') || 'none'}.`,
      wrong: ran.wrong,
    };
  },
  async seven(world) {
    const ran = await sevenKept(world, kept, (done, seconds, wrong) =>
      console.log(`${done} of ${kept}, ${seconds.toFixed(1)} s ${wrong}`),
    );
    return {
      heading: 'Seven VFs, kept for seven containers',
      text: `All stopped and started at once, ${ran.cycles} times: ${ran.median.toFixed(0)} s a time until all were on the host and in their containers again, ${ran.longest.toFixed(0)} s at most.\nThe watcher said beside that: ${ran.said.join('; ') || 'nothing'}.\nNot right, or left behind: ${ran.wrong.join('; ') || 'none'}.`,
      wrong: ran.wrong,
    };
  },
  async ready(world) {
    const table = await untilReady(world, starts, (done) => console.log(`${done} of ${starts}`));
    return {
      heading: 'How soon what is kept is there',
      text: `By turns, on one machine.\n\n${table}`,
      wrong: [],
    };
  },
  async odd(world) {
    const ran = await oddStates(world, values.states ?? '', (name, seconds, wrong) =>
      console.log(`${name}, ${seconds.toFixed(0)} s ${wrong}`),
    );
    return {
      heading: 'Odd states, while a VF is kept',
      text: `Each ended with the VF in its place, and the state said so:\n\n${ran.names.map((name) => `* ${name}`).join('\n')}\n\nNot so: ${ran.wrong.join('; ') || 'none'}.`,
      wrong: ran.wrong,
    };
  },
};

const only = values.only?.split(',');
const unknown = only?.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) throw new Error(`--only takes some of ${Object.keys(parts).join(',')}.`);

await execa('node', ['lab/lab.mjs', 'up'], { stdio: 'inherit' });
const world = await World.enter('default', resolve('lab/.state/default/ssh_config'));
try {
  for (const [name, run] of Object.entries(parts)) {
    if (only && !only.includes(name)) continue;
    const { heading, text, wrong } = await run(world);
    const dated = `${new Date().toISOString().slice(0, 10)}. ${text}`;
    console.log(dated);
    await keepResult(heading, dated);
    if (wrong.length > 0) process.exitCode = 1;
  }
} finally {
  await world.leave();
  await execa('node', ['lab/lab.mjs', 'down'], { stdio: 'inherit' });
}
