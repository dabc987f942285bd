import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from '../../lab/exclusive.mjs';
import { ensureImage } from '../../lab/image.mjs';
import { ensureLabTools } from '../../lab/tools.mjs';
import { systems } from '../../lab/systems.mjs';
import { variantNamed } from '../../lab/variants.mjs';
import { cacheDir } from '../../test/vscode-host/location.mjs';
import { ensurePackages } from './packages.mjs';
import { ensureTools } from './tools.mjs';
import { ensureVscodeHost } from './vscode-host.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @typedef {{ vscodeHost?: boolean, lab?: boolean }} Parts all of them by default */

/**
 * Brings this machine to where everything in the project can run. What is there already is left alone.
 *
 * @param {Parts} [parts]
 */
export async function prepare(parts) {
  await preparePackages(parts);
  await prepareMachines(parts);
}

/**
 * The part of it that whatever needs no VS Code and no lab can run with: the tools, and the npm packages.
 *
 * @param {Parts} [parts]
 */
export function preparePackages({ vscodeHost = true, lab = true } = {}) {
  return alone(async () => {
    await all([() => ensureTools({ vscodeHost }), ...(lab ? [ensureLabTools] : [])]);
    await ensurePackages(root);
  });
}

/**
 * The rest. Both at once, for neither keeps two cores busy by itself.
 *
 * @param {Parts} [parts]
 */
export function prepareMachines({ vscodeHost = true, lab = true } = {}) {
  return alone(() =>
    allAtOnce([
      ...(vscodeHost ? [ensureVscodeHost] : []),
      ...(lab ? [() => ensureImage(variantNamed('default').system)] : []),
    ]),
  );
}

/** What the suites need beyond that: the images of all systems, one after another. */
export async function prepareSystems() {
  for (const name of /** @type {(keyof typeof systems)[]} */ (Object.keys(systems))) await ensureImage(name);
}

/**
 * Only Linux has the lock, and the folders that two at once would spoil.
 *
 * @param {() => Promise<void>} work
 */
function alone(work) {
  if (process.platform !== 'linux') return work();
  return exclusively(cacheDir, 'Waiting for another set-up', work);
}

/**
 * One after another, the next even if the last failed, so that all missing packages are reported at once.
 *
 * @param {(() => unknown)[]} parts
 */
async function all(parts) {
  const results = [];
  for (const part of parts) results.push(...(await Promise.allSettled([Promise.resolve().then(part)])));
  complain(results);
}

/**
 * All are stopped when one fails.
 *
 * @param {(() => Promise<unknown>)[]} parts
 */
async function allAtOnce(parts) {
  complain(await Promise.allSettled(parts.map((part) => part())));
}

/** @param {PromiseSettledResult<unknown>[]} results */
function complain(results) {
  const complaints = results.flatMap((result) =>
    result.status === 'rejected'
      ? [result.reason instanceof Error ? result.reason.message : String(result.reason)]
      : [],
  );
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}
