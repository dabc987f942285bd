/**
 * Prints what a recorded host costs the product: `node scripts/time-host.mjs [HOST]` (default: `big`). The look goes over ssh to a
 * replay, so it is the answer's way here and not the host's own work. Medians of five, with the least and the most.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spread } from '../bench/measure.mjs';
import { loadProduct } from '../bench/product.mjs';
import { prepareReplay } from '../lab/replay/prepare.mjs';
import { answerTo } from '../test/hosts/answer.mjs';
import { recordedHost } from '../test/hosts/index.mjs';

const name = process.argv[2] ?? 'big';
const host = await recordedHost(name);
const folder = await mkdtemp(join(tmpdir(), 'sriov-time-'));
try {
  const product = await loadProduct();
  const answer = answerTo(host, product.probeProgram.replaceAll('__NONCE__', 'n')) ?? '';
  const sections = product.sections(answer, 'n');
  const snapshot = product.assemble(name, sections);
  const [ask] = host.asks ?? [];
  console.log(`${name}: ${host.about}`);
  console.log(`${'answer'.padEnd(28)}${(Buffer.byteLength(answer) / 1024).toFixed(0).padStart(7)} KiB`);

  const ssh = product.sshHost(name, { configFile: prepareReplay(name, join(folder, 'replay')) });
  await timed('look: first, with the login', 1, () => product.readSnapshot(ssh));
  await timed('look: on the connection', 5, () => product.readSnapshot(ssh));
  await ssh.hangUp?.();
  await ssh.dispose();
  await timed('parse: sections', 5, () => product.sections(answer, 'n'));
  await timed('parse: snapshot', 5, () => product.assemble(name, sections));
  await timed('model: rows of the tree', 5, () => [
    product.adapterRows(snapshot),
    product.containerRows(snapshot),
  ]);
  await timed('model: a plan', 5, () =>
    product.planChange(snapshot, /** @type {Parameters<typeof product.planChange>[1]} */ (ask)),
  );
  await timed('model: as JSON', 5, () => JSON.stringify(snapshot));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * @param {string} what
 * @param {number} times
 * @param {() => unknown} work
 */
async function timed(what, times, work) {
  const took = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  const { median, least, most } = spread(took);
  const [middle = '', low, high] = [median, least, most].map((ms) => ms.toFixed(median < 10 ? 1 : 0));
  console.log(`${what.padEnd(28)}${middle.padStart(7)} ms${times > 1 ? `  (${low}–${high})` : ''}`);
}
