import { answerTo } from '../test/hosts/answer.mjs';
import { bigHost } from '../test/hosts/big/host.mjs';
import { spread } from './measure.mjs';
import { loadProduct } from './product.mjs';

/**
 * What size costs, on recorded hosts without a machine: from the probe's answer to the rows of the tree, and which of them one
 * changed VF has redrawn. In milliseconds.
 *
 * @typedef {{ vfs: number, containers: number, whole: import('./measure.mjs').Spread, change: import('./measure.mjs').Spread }} Growth
 */

const sizes = [
  { perPort: 16, containers: 10 },
  { perPort: 32, containers: 50 },
  { perPort: 64, containers: 100 },
  { perPort: 128, containers: 200 },
];
const aims = { whole: 60, change: 10 };

/** @type {import('./recorded.mjs').RecordedBench} */
export async function growth(rounds) {
  const figures = await measured(rounds);
  return {
    figures,
    missed: figures
      .filter(({ whole, change }) => whole.median > aims.whole * 1.5 || change.median > aims.change * 1.5)
      .map(({ vfs, containers }) => `growth ${vfs} × ${containers}`),
    lines: [
      '| growth | answer to rows, ms | per VF, µs | one VF changed, ms |',
      '|---|---|---|---|',
      ...figures.map(
        ({ vfs, containers, whole, change }) =>
          `| ${vfs} VFs × ${containers} containers | ${whole.median.toFixed(1)} (${whole.least.toFixed(1)}–${whole.most.toFixed(1)}) | ${((whole.median * 1000) / vfs).toFixed(0)} | ${change.median.toFixed(1)} |`,
      ),
      '',
      `Aims: 512 × 200 in ${aims.whole} ms, one change in ${aims.change} ms.`,
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
    return { ...size, answer, whole: /** @type {number[]} */ ([]), change: /** @type {number[]} */ ([]) };
  });
  const rowsOf = (/** @type {import('../src/model/snapshot.ts').HostSnapshot} */ snapshot) => [
    ...product.adapterRows(snapshot),
    ...product.containerRows(snapshot),
  ];
  // The first ones warm the compiler up.
  for (let round = -3; round < rounds; round += 1) {
    for (const { answer, perPort, whole, change } of hosts) {
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
    }
  }
  return hosts.map(({ perPort, containers, whole, change }) => ({
    vfs: perPort * 4,
    ...{ containers, whole: spread(whole), change: spread(change) },
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
