import { setTimeout as sleep } from 'node:timers/promises';
import { sshConfig } from '../lab/access.mjs';
import { listenBy, openShell } from '../lab/shell.mjs';
import { deeds } from './deeds.mjs';
import { variant } from './lab.mjs';
import { spread } from './measure.mjs';
import { loadProduct } from './product.mjs';

/**
 * What one deed took, in milliseconds.
 *
 * @typedef {object} Sample
 * @property {string} name the deed's
 * @property {number} bare until a bare monitor printed it
 * @property {number} shown until the rows said it
 * @property {number} ours the one less the other
 * @property {number} heard from the bare monitor's line to ours, which need not be the same one's
 * @property {number} waiting while no look was under way
 * @property {number} exchange what as many programs that do nothing take
 * @property {number} program the rest of the looks
 * @property {number} parsing from a look's end to its snapshot
 * @property {number} rows from a snapshot to what is to be redrawn
 * @property {number} looks how many
 */

const aims = { median: 250, worst: 600 };
const monitors = ['ip monitor link', 'udevadm monitor --udev', 'docker events'];
const parts = /** @type {const} */ (['heard', 'waiting', 'exchange', 'program', 'parsing', 'rows', 'looks']);

/**
 * From what is done on a host to the rows that say so, beside the lines of bare monitors over ssh. The host is followed as the
 * workbench does it, by HostControl.follow and the trees' rows, in plain Node: what VS Code takes to draw them is not in it.
 *
 * @type {import('./live.mjs').LiveBench}
 */
export async function events({ rounds }) {
  const samples = await measured(rounds);
  const kinds = [...new Set(deeds.map(({ name }) => name))].map((name) => {
    const own = samples.filter((sample) => sample.name === name);
    /** @param {keyof Omit<Sample, 'name'>} key */
    const of = (key) => spread(own.map((sample) => sample[key]));
    return { name, of, count: own.length };
  });
  const ms = (/** @type {number} */ time) => time.toFixed(0);
  return {
    figures: samples,
    missed: kinds
      .map(({ name, of }) => ({ name, ours: of('ours') }))
      .filter(({ ours }) => ours.median > aims.median * 1.5 || ours.most > aims.worst * 1.5)
      .map(({ name }) => `events ${name}`),
    lines: [
      '| events | times | bare line, ms | our rows, ms | worst | our part, ms | worst |',
      '|---|---|---|---|---|---|---|',
      ...kinds.map(({ name, of, count }) => {
        const [bare, shown, ours] = [of('bare'), of('shown'), of('ours')];
        const all = [bare.median, shown.median, shown.most, ours.median, ours.most];
        return `| ${[name, count, ...all.map(ms)].join(' | ')} |`;
      }),
      '',
      `Aims: our part ${aims.median} ms, ${aims.worst} ms at worst. Followed by HostControl.follow in plain Node, without VS Code's drawing.`,
      '',
      '| where our part is, ms | heard | waiting | exchange | on the host | assemble | rows | looks |',
      '|---|---|---|---|---|---|---|---|',
      ...kinds.map(({ name, of }) => `| ${[name, ...parts.map((key) => ms(of(key).median))].join(' | ')} |`),
    ],
  };
}

/** @param {number} rounds */
async function measured(rounds) {
  const { sshHost, createHostControl, adapterRows, containerRows, changedRows } = await loadProduct();
  const seen = {
    bare: /** @type {{ at: number, line: string }[]} */ ([]),
    heard: /** @type {number[]} */ ([]),
    looks: /** @type {{ from: number, to: number }[]} */ ([]),
    drawn: /** @type {{ from: number, at: number }[]} */ ([]),
  };
  const host = timed(sshHost('sriov-lab', { configFile: sshConfig(variant) }), seen);
  const control = createHostControl(host);
  const shell = openShell(variant);
  const stops = monitors.map((command) =>
    listenBy(variant, command, (line) => seen.bare.push({ at: performance.now(), line })),
  );
  /** @type {import('../src/ui/tree/row.ts').Row[]} */
  let rows = [];
  /** When the rows first said what is waited for. */
  let isShown = (/** @type {string} */ _) => false;
  let shown = /** @type {{ from: number, at: number } | undefined} */ (undefined);
  control.onDidChange(() => {
    if (!control.snapshot) return;
    const from = performance.now();
    const next = [...adapterRows(control.snapshot), ...containerRows(control.snapshot)];
    changedRows(rows, next);
    rows = next;
    const at = performance.now();
    seen.drawn.push({ from, at });
    if (isShown(textOf(rows))) shown ??= { from, at };
  });

  /** Nothing has been printed, asked or drawn for a second. */
  const quiet = async () => {
    const last = () =>
      Math.max(
        ...seen.bare.map(({ at }) => at),
        ...seen.looks.map(({ to }) => to),
        ...seen.drawn.map(({ at }) => at),
        ...seen.heard,
        0,
      );
    await until(() => performance.now() - last() > 1000, 'it to be quiet');
    for (const list of Object.values(seen)) list.length = 0;
  };

  /**
   * @param {import('./deeds.mjs').Deed} deed
   * @param {number} exchange
   * @returns {Promise<Sample>}
   */
  const sample = async (deed, exchange) => {
    await quiet();
    if (deed.rows.test(textOf(rows))) throw new Error(`What ${deed.does} leads to is there before it.`);
    shown = undefined;
    isShown = (text) => deed.rows.test(text);
    const printed = () => seen.bare.filter(({ line }) => deed.line.test(line))[(deed.lines ?? 1) - 1]?.at;
    const start = performance.now();
    await shell.run(deed.does);
    const bare = await until(printed, `the line of ${deed.does}`);
    const { from, at } = await until(() => shown, `the rows of ${deed.does}`);
    const looks = seen.looks.filter(({ to }) => to <= from);
    const looking = looks.reduce((sum, look) => sum + look.to - look.from, 0);
    const parsing = from - (looks.at(-1)?.to ?? NaN);
    const heard = seen.heard[0] ?? NaN;
    return {
      ...{ name: deed.name, bare: bare - start, shown: at - start, ours: at - bare, heard: heard - bare },
      waiting: from - heard - looking - parsing,
      ...{ exchange: exchange * looks.length, program: looking - exchange * looks.length },
      ...{ parsing, rows: at - from, looks: looks.length },
    };
  };

  try {
    await control.refresh();
    let isLive = false;
    control.follow(({ live }) => (isLive = live));
    await until(() => isLive, 'the host to be heard');
    await quiet();
    const nothing = [];
    for (let count = 0; count < 10; count += 1) {
      const from = performance.now();
      await host.run(':');
      nothing.push(performance.now() - from);
    }
    const exchange = spread(nothing).median;
    const samples = [];
    for (let round = 0; round < rounds; round += 1)
      for (const deed of deeds) samples.push(await sample(deed, exchange));
    return samples;
  } finally {
    for (const stop of stops) stop();
    await control.dispose();
    await shell.close();
  }
}

/**
 * The same host, with the moments at which it is asked, has answered, and says that something changed.
 *
 * @param {import('../src/host/host.ts').Host} host
 * @param {{ heard: number[], looks: { from: number, to: number }[] }} seen
 * @returns {import('../src/host/host.ts').Host}
 */
const timed = (host, { heard, looks }) => ({
  ...host,
  async run(program, options = {}) {
    const { onLine } = options;
    if (onLine)
      return host.run(program, {
        ...options,
        onLine(line) {
          if (/ (network|device|namespaces|engine \w+)$/.test(line)) heard.push(performance.now());
          onLine(line);
        },
      });
    const look = { from: performance.now(), to: Infinity };
    looks.push(look);
    try {
      return await host.run(program, options);
    } finally {
      look.to = performance.now();
    }
  },
});

/**
 * @param {readonly import('../src/ui/tree/row.ts').Row[]} rows
 * @returns {string} a line each
 */
const textOf = (rows) =>
  rows.map(({ label, description, children }) => `${label} ${description}\n${textOf(children)}`).join('');

/**
 * @template T
 * @param {() => T} read
 * @param {string} what
 * @returns {Promise<NonNullable<T>>}
 */
async function until(read, what) {
  for (const limit = performance.now() + 60_000; performance.now() < limit; await sleep(10)) {
    const value = read();
    if (value) return value;
  }
  throw new Error(`A minute was not enough for ${what}.`);
}
