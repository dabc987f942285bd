import { answerTo } from '../test/hosts/answer.mjs';
import { bigHost } from '../test/hosts/big/host.mjs';
import { sizes } from './growth.mjs';
import { spread } from './measure.mjs';
import { loadProduct } from './product.mjs';

/**
 * What it costs to plan `sriov.yaml`, on recorded hosts without a machine: the file that adopt writes of the host, of which nothing
 * differs; and one in which every container has another address, so that all are detached and attached. In milliseconds.
 *
 * @typedef {import('./measure.mjs').Spread} Spread
 * @typedef {{ vfs: number, containers: number, read: Spread, same: Spread, all: Spread }} Planning
 */

const aim = 200;

/** @type {import('./recorded.mjs').RecordedBench} */
export async function declared(rounds) {
  const figures = await measured(rounds);
  return {
    figures,
    missed: figures
      .filter(({ same, all }) => same.median > aim * 1.5 || all.median > aim * 1.5)
      .map(({ vfs, containers }) => `declared ${vfs} × ${containers}`),
    lines: [
      '| declared | file read, ms | nothing differs, ms | each attachment differs, ms |',
      '|---|---|---|---|',
      ...figures.map(
        ({ vfs, containers, read, same, all }) =>
          `| ${vfs} VFs × ${containers} containers | ${[read, same, all].map(text).join(' | ')} |`,
      ),
      '',
      `Aim: a plan of 512 × 200 in ${aim} ms.`,
    ],
  };
}

const text = (/** @type {Spread} */ { median, least, most }) =>
  `${median.toFixed(1)} (${least.toFixed(1)}–${most.toFixed(1)})`;

/**
 * @param {number} rounds
 * @returns {Promise<Planning[]>} one per size
 */
async function measured(rounds) {
  const product = await loadProduct();
  const none = () => /** @type {number[]} */ ([]);
  const hosts = sizes.map(({ perPort, containers }) => {
    const answer =
      answerTo(bigHost(perPort, containers), product.probeProgram.replaceAll('__NONCE__', 'n')) ?? '';
    const snapshot = product.assemble('big', product.sections(answer, 'n'));
    const { declared: file, remarks } = product.adopted(snapshot);
    const written = product.writeDeclared(file, remarks);
    return { perPort, containers, snapshot, written, read: none(), same: none(), all: none() };
  });
  // The first ones warm the compiler up.
  for (let round = -3; round < rounds; round += 1)
    for (const { containers, snapshot, written, read, same, all } of hosts) {
      const start = performance.now();
      const found = product.readDeclared(written);
      const parsed = performance.now();
      if ('problems' in found) throw new Error(JSON.stringify(found.problems));
      const otherwise = withOtherAddresses(found.declared);
      const began = performance.now();
      const nothing = product.planDeclared(snapshot, found.declared).parts.length;
      const planned = performance.now();
      const everything = product.planDeclared(snapshot, otherwise).parts.length;
      const done = performance.now();
      if (nothing !== 0 || everything !== containers * 2)
        throw new Error(`There are ${nothing} and ${everything} changes, not 0 and ${containers * 2}.`);
      if (round < 0) continue;
      read.push(parsed - start);
      same.push(planned - began);
      all.push(done - planned);
    }
  return hosts.map(({ perPort, containers, read, same, all }) => ({
    ...{ vfs: perPort * 4, containers },
    ...{ read: spread(read), same: spread(same), all: spread(all) },
  }));
}

/** @param {import('../src/model/declared/declared.ts').Declared} file */
const withOtherAddresses = (file) => ({
  ...file,
  attachments: file.attachments?.map((one, at) => ({
    ...one,
    interface: { ...one.interface, addresses: [`10.9.${at >> 7}.${(at & 127) + 1}/24`] },
  })),
});
