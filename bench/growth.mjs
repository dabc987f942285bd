import { answerTo } from '../test/hosts/answer.mjs';
import { bigHost } from '../test/hosts/big/host.mjs';
import { spread } from './measure.mjs';
import { loadProduct } from './product.mjs';

/**
 * What size costs, on recorded hosts without a machine: from the probe's answer to the rows of the tree, which of them one changed
 * VF has redrawn, and what a key costs while a filter is typed. In milliseconds.
 *
 * @typedef {import('./measure.mjs').Spread} Spread
 * @typedef {{ vfs: number, containers: number, whole: Spread, change: Spread, key: Spread }} Growth
 */

export const sizes = [
  { perPort: 16, containers: 10 },
  { perPort: 32, containers: 50 },
  { perPort: 64, containers: 100 },
  { perPort: 128, containers: 200 },
];
const aims = { whole: 60, change: 10, key: 50 };
/** What is typed, and taken back. */
const typed = ['a', 'ap', 'app', 'app-1', 'app-19', 'app-1', 'is:free', 'ens1f0', ''];

/** @type {import('./recorded.mjs').RecordedBench} */
export async function growth(rounds) {
  const figures = await measured(rounds);
  return {
    figures,
    missed: figures
      .filter(
        ({ whole, change, key }) =>
          whole.median > aims.whole * 1.5 || change.median > aims.change * 1.5 || key.median > aims.key * 1.5,
      )
      .map(({ vfs, containers }) => `growth ${vfs} × ${containers}`),
    lines: [
      '| growth | answer to rows, ms | per VF, µs | one VF changed, ms | a key of a filter, ms |',
      '|---|---|---|---|---|',
      ...figures.map(
        ({ vfs, containers, whole, change, key }) =>
          `| ${vfs} VFs × ${containers} containers | ${whole.median.toFixed(1)} (${whole.least.toFixed(1)}–${whole.most.toFixed(1)}) | ${((whole.median * 1000) / vfs).toFixed(0)} | ${change.median.toFixed(1)} | ${key.median.toFixed(1)} (–${key.most.toFixed(1)}) |`,
      ),
      '',
      `Aims: 512 × 200 in ${aims.whole} ms, one change in ${aims.change} ms, a key in ${aims.key} ms.`,
    ],
  };
}

/**
 * @param {number} rounds
 * @returns {Promise<Growth[]>} one per size
 */
async function measured(rounds) {
  const product = await loadProduct();
  const hosts = sizes.map((size) => {
    const host = bigHost(size.perPort, size.containers);
    const answer = answerTo(host, product.probeProgram.replaceAll('__NONCE__', 'n')) ?? '';
    const none = () => /** @type {number[]} */ ([]);
    return { ...size, answer, whole: none(), change: none(), key: none() };
  });
  /** @param {import('../src/model/snapshot.ts').HostSnapshot} snapshot @param {string} [filter] */
  const rowsOf = (snapshot, filter = '') => [
    ...product.adapterRows(snapshot, { ...product.plain, filter }),
    ...product.containerRows(snapshot, { ...product.plain, filter }),
  ];
  // The first ones warm the compiler up; they take so little that a few would say nothing.
  for (let round = -10; round < Math.max(rounds, 15); round += 1) {
    for (const { answer, perPort, whole, change, key } of hosts) {
      const start = performance.now();
      const snapshot = product.assemble('big', product.sections(answer, 'n'));
      const rows = rowsOf(snapshot);
      const seen = performance.now();
      if (snapshot.pfs.flatMap(({ vfs }) => vfs).length !== perPort * 4) throw new Error('VFs are missing.');
      const after = withOneChanged(snapshot);
      const began = performance.now();
      const changed = product.changedRows(rows, rowsOf(after));
      const done = performance.now();
      if (changed.length !== 1) throw new Error(`One VF changed, and these rows with it: ${String(changed)}`);
      if (round < 0) continue;
      whole.push(seen - start);
      change.push(done - began);
      let before = rows;
      for (const filter of typed) {
        const pressed = performance.now();
        const filtered = rowsOf(snapshot, filter);
        product.filterState(snapshot, filter);
        product.changedRows(before, filtered);
        key.push(performance.now() - pressed);
        before = filtered;
      }
    }
  }
  return hosts.map(({ perPort, containers, whole, change, key }) => ({
    vfs: perPort * 4,
    ...{ containers, whole: spread(whole), change: spread(change), key: spread(key) },
  }));
}

/**
 * The last VF of the first port, which no container has, under another name.
 *
 * @param {import('../src/model/snapshot.ts').HostSnapshot} snapshot
 */
function withOneChanged(snapshot) {
  const [first, ...others] = snapshot.pfs;
  const last = first?.vfs.at(-1);
  if (!first || !last) throw new Error('There is no VF.');
  const vfs = [...first.vfs.slice(0, -1), { ...last, name: 'renamed' }];
  return /** @type {typeof snapshot} */ ({ ...snapshot, pfs: [{ ...first, vfs }, ...others] });
}
