/**
 * `npm run bench [-- NAME… --rounds N --json]`: what our commands cost beside bare ones that do the same, in pairs on one machine
 * of the lab, and what size costs on recorded hosts, in time and in memory. Exits with 1 where a median is over its aim by half, or a
 * round failed.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { labBenches, preparation } from './benches.mjs';
import { aims, growth } from './growth.mjs';
import { host, root, withLab } from './lab.mjs';
import { inPairs } from './measure.mjs';
import { memory, memoryAim, refreshes } from './memory.mjs';

const names = [...Object.keys(labBenches), 'growth', 'memory'];
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
      }
    }
  });
}
const sizes = asked.includes('growth') ? await growth(rounds) : [];
const heap = asked.includes('memory') ? await memory() : undefined;

const about = {
  date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  commit: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim(),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
  node: process.version,
};
const missed = [
  ...broken,
  ...figures.filter(({ ratio, aim }) => !(ratio.median <= aim * 1.5)).map(({ phase }) => phase),
  ...sizes
    .filter(({ whole, change }) => whole.median > aims.whole * 1.5 || change.median > aims.change * 1.5)
    .map(({ vfs, containers }) => `growth ${vfs} × ${containers}`),
  ...(heap && heap.ratio > 1 + (memoryAim - 1) * 1.5 ? ['memory'] : []),
];
const failures = figures.reduce((most, figure) => Math.max(most, figure.failures), 0);
if (values.json)
  console.log(JSON.stringify({ ...about, figures, growth: sizes, memory: heap, missed }, null, 2));
else print();
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
  if (sizes.length > 0) {
    console.log('\n| growth | answer to rows, ms | per VF, µs | one VF changed, ms |');
    console.log('|---|---|---|---|');
    for (const { vfs, containers, whole, change } of sizes)
      console.log(
        `| ${vfs} VFs × ${containers} containers | ${whole.median.toFixed(1)} (${whole.least.toFixed(1)}–${whole.most.toFixed(1)}) | ${((whole.median * 1000) / vfs).toFixed(0)} | ${change.median.toFixed(1)} |`,
      );
    console.log(`\nAims: 512 × 200 in ${aims.whole} ms, one change in ${aims.change} ms.`);
  }
  if (heap) {
    const [few, many] = [heap.few, heap.many].map((bytes) => (bytes / 2 ** 20).toFixed(1));
    console.log('\n| memory | heap, MiB | ratio | aim |');
    console.log('|---|---|---|---|');
    console.log(
      `| 512 VFs × 200 containers, after ${refreshes.many} refreshes against after ${refreshes.few} | ${many} against ${few} | ${heap.ratio.toFixed(3)} | ≤ ${memoryAim} |`,
    );
  }
  if (missed.length > 0) console.log(`\nOver the aim by half, or not measured: ${missed.join(', ')}`);
}
