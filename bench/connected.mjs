import { setTimeout as sleep } from 'node:timers/promises';
import { sshConfig } from '../lab/access.mjs';
import { loadProduct } from './product.mjs';

/** Milliseconds without news after which a host that is heard has been read to its end. */
const quiet = 3000;

/**
 * A connected workbench without its window: a host that is followed, as HostControl does it.
 *
 * @typedef {object} Connected
 * @property {() => Promise<void>} ready resolves when nothing has changed for a while
 * @property {(request: import('../src/model/request.ts').ChangeRequest) => Promise<string>} change throws where it isn't done
 * @property {() => Promise<void>} dispose
 */

/**
 * @param {string} variant of the lab's machines
 * @returns {Promise<Connected>}
 */
export async function connect(variant) {
  const { sshHost, createHostControl } = await loadProduct();
  const control = createHostControl(sshHost('sriov-lab', { configFile: sshConfig(variant) }));
  let isLive = false;
  let changed = performance.now();
  control.onDidChange(() => (changed = performance.now()));
  await control.refresh();
  control.follow(({ live }) => (isLive = live));
  return {
    async ready() {
      const deadline = performance.now() + 60_000;
      while (!isLive || performance.now() - changed < quiet) {
        if (performance.now() > deadline) throw new Error(isLive ? 'It is never quiet.' : 'It is not heard.');
        await sleep(100);
      }
    },
    async change(request) {
      const outcome = await control.change(request);
      if (outcome.status !== 'done') throw new Error(JSON.stringify({ ...outcome, snapshot: undefined }));
      return '';
    },
    dispose: () => control.dispose(),
  };
}
