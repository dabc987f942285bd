import { execa } from 'execa';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { campaign, named } from './campaign';
import { kinds as allKinds } from './kinds';
import { number } from './options';
import { keepResult } from './results';
import { losses, table } from './table';
import { World } from './world';

/**
 * `npm run test:faults [-- --seed N --sample M --kinds TEXT,… --resets N --only TEXT --minutes M]`: the campaign on the lab, of the
 * kinds of plans with one of the texts in their names. Resets are of each kind, one unless said otherwise. A whole campaign of four hundred or
 * more is kept in RESULTS.md, and one of some kinds with a hundred or more, however many of them there was time for.
 */
const { values } = parseArgs({
  options: {
    ...{ seed: { type: 'string' }, sample: { type: 'string' } },
    ...{
      kinds: { type: 'string' },
      resets: { type: 'string' },
      only: { type: 'string' },
      minutes: { type: 'string' },
    },
  },
});
const seed = number('seed', values.seed) ?? Math.floor(Math.random() * 2 ** 31);
const texts = values.kinds?.split(',');
const kinds = allKinds.filter(({ name }) => texts?.some((text) => name.includes(text)) ?? true);
const sample = number('sample', values.sample) ?? (texts ? 100 : 420);
if (kinds.length === 0) throw new Error(`No kind of plan is called like that: ${values.kinds}.`);

console.log(`Seed ${seed}, ${sample} injections.`);
await execa('node', ['lab/lab.mjs', 'down'], { stdio: 'inherit' });
await execa('node', ['lab/lab.mjs', 'up'], { stdio: 'inherit' });
const world = await World.enter('default', resolve('lab/.state/default/ssh_config'));
const began = new Date();
/** Whoever ends it before its time gets the results until then. */
const ended = new AbortController();
process.once('SIGINT', () => ended.abort());
const broken: string[] = [];
const minutes = () => ((Date.now() - began.getTime()) / 60_000).toFixed(0);
try {
  const results = await campaign(world, {
    ...{ seed, sample, kinds, only: values.only },
    resets: number('resets', values.resets) ?? (sample >= 100 && !values.only ? 1 : 0),
    signal: ended.signal,
    seconds: 60 * (number('minutes', values.minutes) ?? Infinity),
    onKind: (kind, steps, seconds) =>
      console.log(
        `== ${kind.name}: ${steps.length} steps (${seconds.toFixed(0)} s)\n   ${steps.map(({ title }) => title).join('\n   ')}`,
      ),
    onBroken(kind, error) {
      broken.push(`${kind.name}: ${String(error)}`);
      console.log(`== ${broken.at(-1)}`);
    },
    onResult(result, nth) {
      const { ending, reported, offered, seconds } = result;
      const how = offered ? `${ending}, by the offer` : ending;
      console.log(`${nth} ${how} (reported ${reported}, ${seconds.toFixed(0)} s): ${named(result)}`);
      if (ending === 'lost') console.log(losses([result]));
    },
  });
  const text = `Seed ${seed}, ${results.length} injections of ${sample}, ${minutes()} minutes, ${began.toISOString().slice(0, 10)}.\n\n${table(results)}`;
  const lost = [...broken, losses(results)].filter(Boolean).join('\n');
  console.log(`\n${text}\n${lost && `\nLost:\n${lost}`}`);
  if (sample >= (texts ? 100 : 400) && !values.only)
    await keepResult(
      texts ? `The campaign: ${texts.join(', ')}` : 'The campaign',
      lost ? `${text}\n\nLost:\n\n\`\`\`\n${lost}\n\`\`\`` : text,
    );
  process.exitCode = lost || results.length === 0 ? 1 : 0;
} finally {
  await world.leave();
  await execa('node', ['lab/lab.mjs', 'down'], { stdio: 'inherit' });
}
