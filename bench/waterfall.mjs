import { sshConfig } from '../lab/access.mjs';
import { host as bare, variant } from './lab.mjs';
import { spread } from './measure.mjs';
import { loadProduct } from './product.mjs';

/**
 * A moment of one change, in milliseconds since it was asked for.
 *
 * @typedef {{ what: string, at: number }} Mark
 */

/** @type {import('../src/model/request.ts').ChangeRequest[]} Each leads to where the next begins, and the last to the start. */
const requests = [
  { kind: 'attach', vf: 'enp1s0:1', container: 'fw', name: 'eth1', addresses: ['10.9.0.1/24'] },
  { kind: 'detach', vf: 'enp1s0:1' },
  { kind: 'set-vfs', pf: 'enp1s0', count: 0 },
  { kind: 'set-vfs', pf: 'enp1s0', count: 7 },
];

/** A change is asked for as often, at the most. */
const most = 5;

/**
 * Where the time of a change by the command line goes: a line for each moment at which something was waited for. What node, ssh's
 * login and the bare kernel take is timed by itself.
 *
 * @type {import('./live.mjs').LiveBench}
 */
export async function waterfall({ rounds }) {
  const times = Math.min(rounds, most);
  const product = await loadProduct();
  /** @type {Record<string, Mark[][]>} */
  const seen = {};
  for (let round = 0; round < times; round += 1)
    for (const request of requests) (seen[nameOf(request)] ??= []).push(await marksOf(product, request));
  const alone = {
    'node alone: sriov --version': await timed(times, () => bare.sriov('--version')),
    'login alone: ssh HOST true': await timed(times, () => bare.sh(':')),
  };
  const figures = Object.entries(seen).map(([name, runs]) => ({ name, marks: mediansOf(runs) }));
  return {
    figures: { alone, changes: figures },
    missed: [],
    lines: [
      `| waits of a change, s, medians of ${times} | takes | ends at |`,
      '|---|---|---|',
      ...Object.entries(alone).map(([what, ms]) => `| ${what} | ${seconds(ms)} | |`),
      ...figures.flatMap(({ name, marks }) => [
        `| **${name}** | | |`,
        ...marks.map(
          ({ what, at }, index) =>
            `| ${what} | ${seconds(at - (marks[index - 1]?.at ?? 0))} | ${seconds(at)} |`,
        ),
      ]),
    ],
  };
}

/**
 * Makes a change as the command line does, by a login of its own.
 *
 * @param {Awaited<ReturnType<typeof loadProduct>>} product
 * @param {import('../src/model/request.ts').ChangeRequest} request
 * @returns {Promise<Mark[]>}
 */
async function marksOf({ sshHost, createHostControl }, request) {
  const started = performance.now();
  /** @type {Mark[]} */
  const marks = [];
  const mark = (/** @type {string} */ what) => void marks.push({ what, at: performance.now() - started });
  const host = sshHost('sriov-lab', { configFile: sshConfig(variant) });
  let steps = /** @type {string[]} */ ([]);
  const control = createHostControl({
    ...host,
    async run(program, options) {
      if (marks.length > 0) mark('planned here');
      const result = await host.run(program, options);
      mark(steps.length > 0 ? 'look at what it changed' : 'login and look');
      return result;
    },
  });
  try {
    const outcome = await control.change(request, {
      confirm: () => Promise.resolve(true),
      onHeard(heard) {
        if (heard.kind === 'plan') steps = heard.plan.steps.map(({ title }) => title);
        else if (heard.kind === 'step' && heard.state !== 'running') mark(`step: ${steps[heard.index]}`);
        else if (heard.kind === 'step' && heard.index === 0) mark('locks and preconditions');
      },
    });
    if (outcome.status !== 'done') throw new Error(JSON.stringify({ ...outcome, snapshot: undefined }));
    mark('read here');
    return marks;
  } finally {
    await control.dispose();
  }
}

/**
 * @param {import('../src/model/request.ts').ChangeRequest} request
 * @returns {string}
 */
const nameOf = (request) => (request.kind === 'set-vfs' ? `${request.kind} ${request.count}` : request.kind);

/**
 * @param {Mark[][]} runs of the same change
 * @returns {Mark[]}
 */
function mediansOf(runs) {
  const [first = []] = runs;
  if (runs.some((run) => run.map(({ what }) => what).join() !== first.map(({ what }) => what).join()))
    throw new Error('The same change waited for other things.');
  return first.map(({ what }, index) => ({
    what,
    at: spread(runs.map((run) => run[index]?.at ?? NaN)).median,
  }));
}

/**
 * @param {number} times
 * @param {() => Promise<unknown>} work
 */
async function timed(times, work) {
  const took = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  return spread(took).median;
}

const seconds = (/** @type {number} */ ms) => (ms / 1000).toFixed(2);
