/**
 * `npm run bench [-- NAME… --rounds N --json]`: what our commands cost beside bare ones that do the same, in pairs on one machine
 * of the lab, and what size costs on recorded hosts. Exits with 1 where a median is over its aim by half, or a
 * round failed.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { labBenches, preparation } from './benches.mjs';
import { host, root, withLab } from './lab.mjs';
import { inPairs } from './measure.mjs';
import { recordedBenches } from './recorded.mjs';

const names = [...Object.keys(labBenches), ...Object.keys(recordedBenches)];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '15' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0 || !(Number.isInteger(rounds) && rounds > 0)) {
  console.error(
    unknown.length > 0
      ? `There is no bench ${unknown.join(', ')}; there are ${names.join(', ')}.`
      : '--rounds takes a number of at least 1.',
  );
  process.exit(2);
}
const asked = positionals.length > 0 ? positionals : names;

/** @type {import('./measure.mjs').Figure[]} */
const figures = [];
/** What could not be measured to its end. */
const broken = /** @type {string[]} */ ([]);
const onLab = asked.filter((name) => name in labBenches);
if (onLab.length > 0) {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root, stdio: 'inherit' });
  await withLab(async () => {
    for (const name of onLab) {
      const bench = labBenches[name]?.(host);
      if (!bench) continue;
      try {
        await host.sh(preparation(bench.vfs));
        figures.push(...(await inPairs(bench, rounds, (problem) => console.error(problem))));
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        broken.push(name);
      } finally {
        await bench.end?.();
      }
    }
  });
}
/** @type {Record<string, Awaited<ReturnType<import('./recorded.mjs').RecordedBench>>>} */
const recorded = {};
for (const name of asked) {
  try {
    const found = await recordedBenches[name]?.(rounds);
    if (found) recorded[name] = found;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    broken.push(name);
  }
}

const about = {
  date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  commit: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim(),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
  node: process.version,
};
const missed = [
  ...broken,
  ...figures.filter(({ ratio, aim }) => !(ratio.median <= aim * 1.5)).map(({ phase }) => phase),
  ...Object.values(recorded).flatMap(({ missed }) => missed),
];
const failures = figures.reduce((most, figure) => Math.max(most, figure.failures), 0);
if (values.json) {
  const onRecorded = Object.entries(recorded).map(([name, found]) => [name, found.figures]);
  console.log(JSON.stringify({ ...about, figures, ...Object.fromEntries(onRecorded), missed }, null, 2));
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
  for (const { lines } of Object.values(recorded)) console.log(`\n${lines.join('\n')}`);
  if (missed.length > 0) console.log(`\nOver the aim by half, or not measured: ${missed.join(', ')}`);
}
