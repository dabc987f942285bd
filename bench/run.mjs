/**
 * `npm run bench [-- NAME… --rounds N --seconds N --sample --json]`: what our commands cost beside bare ones that do the same, in
 * pairs on one machine of the lab; what goes on by itself there; and what size costs on recorded hosts. `--sample`: a few rounds of
 * some. Exits with 1 where a median is over its aim by half, or a round failed.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { labBenches, preparation } from './benches.mjs';
import { host, root, withLab } from './lab.mjs';
import { liveBenches } from './live.mjs';
import { inPairs } from './measure.mjs';
import { recordedBenches } from './recorded.mjs';

const names = [...Object.keys(labBenches), ...Object.keys(liveBenches), ...Object.keys(recordedBenches)];
const sample = ['attach', 'set-vfs', 'look', 'growth'];
const { values, positionals } = given();
const asked = positionals.length > 0 ? positionals : values.sample ? sample : names;
const rounds = Number(values.rounds ?? (values.sample ? 5 : 15));
/** What happens by itself costs little to repeat, and is never alike. */
const howLong = { rounds: Number(values.rounds ?? 30), seconds: Number(values.seconds) };
const unknown = positionals.filter((name) => !names.includes(name));
const isCount = (/** @type {number} */ value) => Number.isInteger(value) && value > 0;
if (unknown.length > 0 || !isCount(rounds) || !isCount(howLong.seconds)) {
  console.error(
    unknown.length > 0
      ? `There is no bench ${unknown.join(', ')}; there are ${names.join(', ')}.`
      : '--rounds and --seconds take a number of at least 1.',
  );
  process.exit(2);
}

function given() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string' },
        seconds: { type: 'string', default: '300' },
        sample: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(
      `Usage: npm run bench [-- NAME… --rounds N --seconds N --sample --json]\nNames: ${names.join(', ')}`,
    );
    process.exit(2);
  }
}

/** @type {import('./measure.mjs').Figure[]} */
const figures = [];
/** What could not be measured to its end. */
const broken = /** @type {string[]} */ ([]);
/** @type {Record<string, import('./recorded.mjs').Found>} */
const tables = {};

/**
 * @param {string} name
 * @param {() => Promise<void>} work
 */
async function attempt(name, work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    broken.push(name);
  }
}

if (asked.some((name) => name in labBenches || name in liveBenches)) {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  await withLab(async () => {
    for (const name of asked)
      await attempt(name, async () => {
        const bench = labBenches[name]?.(host);
        const live = liveBenches[name];
        if (bench) {
          try {
            await host.sh(preparation(bench.vfs));
            figures.push(...(await inPairs(bench, rounds, (problem) => console.error(problem))));
          } finally {
            await bench.end?.();
          }
        } else if (live) {
          await host.sh(preparation(7));
          tables[name] = await live(howLong);
        }
      });
  });
}
for (const name of asked)
  await attempt(name, async () => {
    const found = await recordedBenches[name]?.(rounds);
    if (found) tables[name] = found;
  });

const about = {
  date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  commit: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim(),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
  node: process.version,
};
const missed = [
  ...broken,
  ...figures.filter(({ ratio, aim }) => !(ratio.median <= aim * 1.5)).map(({ phase }) => phase),
  ...Object.values(tables).flatMap(({ missed }) => missed),
];
const failures = figures.reduce((most, figure) => Math.max(most, figure.failures), 0);
if (values.json) {
  const others = Object.entries(tables).map(([name, found]) => [name, found.figures]);
  console.log(JSON.stringify({ ...about, figures, ...Object.fromEntries(others), missed }, null, 2));
} else print();
process.exitCode = missed.length > 0 || failures > 0 ? 1 : 0;

function print() {
  console.log(
    `${about.date} UTC, commit ${about.commit}, ${about.machine}, Node ${about.node}, ${rounds} rounds\n`,
  );
  if (figures.length > 0) {
    console.log('| bench | ours, s | against, s | ratio | pairs, least–most | aim | against what |');
    console.log('|---|---|---|---|---|---|---|');
    for (const { phase, ours, theirs, ratio, aim, against, rounds: held } of figures)
      console.log(
        `| ${[
          held === rounds ? phase : `${phase} (${held} of ${rounds} rounds)`,
          ...[ours, theirs].map(({ median, least, most }) =>
            [median, least, most]
              .map((ms) => (ms / 1000).toFixed(2))
              .join(' ')
              .replace(/ (.*) (.*)/, ' ($1–$2)'),
          ),
          ratio.median.toFixed(2),
          `${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)}`,
          `${ratio.median <= aim ? '' : '**missed** '}≤ ${aim}`,
          against,
        ].join(' | ')} |`,
      );
  }
  for (const { lines } of Object.values(tables)) console.log(`\n${lines.join('\n')}`);
  if (missed.length > 0) console.log(`\nOver the aim by half, or not measured: ${missed.join(', ')}`);
}
