import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from '../../lab/exclusive.mjs';
import { ensureImage } from '../../lab/image.mjs';
import { ensureLabTools } from '../../lab/tools.mjs';
import { cacheDir } from '../../test/vscode-host/location.mjs';
import { ensurePackages } from './packages.mjs';
import { ensureTools } from './tools.mjs';
import { ensureVscodeHost } from './vscode-host.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Brings this machine to where everything in the project can run. What is there already is left alone.
 *
 * @param {{ vscodeHost?: boolean, lab?: boolean }} [parts] all of them unless told otherwise
 */
export async function prepare({ vscodeHost = true, lab = true } = {}) {
  const work = async () => {
    await all([() => ensureTools({ vscodeHost }), ...(lab ? [ensureLabTools] : [])]);
    await ensurePackages(root);
    if (vscodeHost) await ensureVscodeHost();
    if (lab) await ensureImage();
  };
  // Only Linux has the lock, and the folders that two at once would spoil.
  if (process.platform !== 'linux') return work();
  return exclusively(cacheDir, 'Waiting for another set-up', work);
}

/**
 * Does the one even if the other fails, so that whoever has to install something hears of everything at once.
 *
 * @param {(() => void | Promise<void>)[]} parts
 */
async function all(parts) {
  const complaints = [];
  for (const part of parts) {
    try {
      await part();
    } catch (error) {
      complaints.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}
