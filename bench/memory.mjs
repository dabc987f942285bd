import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { answerTo } from '../test/hosts/answer.mjs';
import { bigHost } from '../test/hosts/big/host.mjs';
import { container } from '../test/hosts/record.mjs';
import { loadProduct } from './product.mjs';

/**
 * What refreshing leaves behind: the heap of what runs in the extension host, in bytes, after a few refreshes of 512 VFs and 200
 * containers, and after many. At each of them another container has taken the place of one.
 *
 * @type {import('./recorded.mjs').RecordedBench}
 */
export async function memory() {
  /** @type {{ few: number, many: number }} */
  const { few, many } = await new Promise((resolve, reject) =>
    // A thread has a heap of its own, with nothing of other benches.
    new Worker(new URL(import.meta.url)).once('message', resolve).once('error', reject),
  );
  const ratio = many / few;
  const mebibytes = (/** @type {number} */ bytes) => (bytes / 2 ** 20).toFixed(1);
  return {
    figures: { few, many, ratio },
    missed: ratio > 1 + (aim - 1) * 1.5 ? ['memory'] : [],
    lines: [
      '| memory | heap, MiB | ratio | aim |',
      '|---|---|---|---|',
      `| 512 VFs × 200 containers, after ${refreshes.many} refreshes against after ${refreshes.few} | ${mebibytes(many)} against ${mebibytes(few)} | ${ratio.toFixed(3)} | ≤ ${aim} |`,
    ],
  };
}

const aim = 1.05;
const refreshes = { few: 10, many: 1000 };

async function measured() {
  const { CurrentHost, RowTree, createHostControl, adapterRows, containerRows } = await loadProduct();
  const large = bigHost(128, 200);
  const [first, ...others] = large.containers ?? [];
  let count = 0;
  /** @type {import('../src/host/host.ts').Host} */
  const host = {
    id: 'large',
    run(program) {
      const containers = [container(`new-${count}`, { pid: first?.pid, netns: first?.netns }), ...others];
      const stdout = answerTo({ ...large, containers }, program) ?? '';
      return Promise.resolve({ exitCode: 0, stdout, stderr: '' });
    },
    dispose: () => Promise.resolve(),
  };
  const current = new CurrentHost(() => createHostControl(host));
  /** @param {typeof adapterRows} rows */
  const tree = (rows) => new RowTree('', () => (current.snapshot ? rows(current.snapshot) : []));
  const [adapters, containers] = [tree(adapterRows), tree(containerRows)];
  current.changed.on(() => [adapters, containers].forEach((one) => one.update()));
  await current.connect(host.id);

  const heapAfter = async (/** @type {number} */ total) => {
    for (; count < total; count += 1) await current.refresh();
    /** @type {(row?: string) => string[]} */
    const below = (row) => containers.getChildren(row).flatMap((child) => [child, ...below(child)]);
    if (!below().some((row) => containers.getTreeItem(row).label === `new-${total - 1}`))
      throw new Error('The last container is not shown.');
    collectGarbage();
    // What was to be finalized goes with the second one.
    await setTimeout(100);
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  return { few: await heapAfter(refreshes.few), many: await heapAfter(refreshes.many) };
}

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

if (!isMainThread) parentPort?.postMessage(await measured());
