import { execa } from 'execa';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { crowd } from './clients';
import { cycle } from './cycles';
import { number } from './options';
import { keepResult } from './results';
import { World } from './world';

/**
 * `npm run test:endurance [-- --cycles N --minutes M --seed N]`: VFs attached and detached over and over, then a crowd
 * of clients. Kept in RESULTS.md.
 */
const { values } = parseArgs({
  options: { cycles: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
});
const cycles = number('cycles', values.cycles) ?? 1000;
const minutes = number('minutes', values.minutes) ?? 5;
const seed = number('seed', values.seed) ?? Math.floor(Math.random() * 2 ** 31);
const day = new Date().toISOString().slice(0, 10);

await execa('node', ['lab/lab.mjs', 'up'], { stdio: 'inherit' });
const world = await World.enter('default', resolve('lab/.state/default/ssh_config'));
try {
  if (cycles > 0) {
    const ran = await cycle(world, cycles, (done, seconds) => {
      if (done % 25 === 0) console.log(`${done} of ${cycles}, ${seconds.toFixed(1)} s`);
    });
    const text = `${day}. Two VFs attached to containers and detached, by turns and both at once, ${ran.cycles} times in all: ${ran.first.toFixed(2)} s a time in the first tenth, ${ran.last.toFixed(2)} s in the last.\nLeft behind: ${ran.leaked.join('; ') || 'nothing'}.`;
    console.log(text);
    await keepResult('Over and over', text);
    if (ran.leaked.length > 0) process.exitCode = 1;
  }
  if (minutes > 0) {
    const ran = await crowd(world, { clients: 8, perPf: 7, seconds: minutes * 60, seed });
    const text = `${day}, seed ${seed}. ${ran.clients} clients on ${ran.vfs} VFs for ${minutes} minutes: ${ran.attached} attached, ${ran.detached} detached, ${ran.refused} refused because another client had it or it was where it was to be.\nTwo holders, or lost: ${ran.wrong.join('; ') || 'none'}.`;
    console.log(text);
    await keepResult('Many at once', text);
    if (ran.wrong.length > 0) process.exitCode = 1;
  }
} finally {
  await world.leave();
  await execa('node', ['lab/lab.mjs', 'down'], { stdio: 'inherit' });
}
