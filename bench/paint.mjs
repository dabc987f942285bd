/// <reference lib="dom" />
import { replayed } from '../scripts/start/lab.mjs';
import { spread } from './measure.mjs';
import { startWorkbench } from './workbench.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * What a person waits for on a host with 512 VFs and 200 containers, in a VS Code in a browser: from the click on the icon until the
 * first adapter is drawn, which takes starting the extension, logging in to a replay, looking and drawing; and from the click on
 * an adapter with 128 VFs until the first of them is. In milliseconds.
 *
 * @type {import('./recorded.mjs').RecordedBench}
 */
export async function paint(rounds) {
  const lab = await replayed('big');
  const { page, open, show, stop } = await startWorkbench(lab.settings);
  const opened = [];
  const unfolded = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      await open();
      opened.push(await untilDrawn(page, 'ens1f0', () => show(/^SR-IOV/)));
      const adapter = page.getByRole('treeitem', { name: /^Adapter ens1f0/ });
      unfolded.push(await untilDrawn(page, 'VF 0', () => adapter.click()));
      // What was in front is in front again the next time, and folded as it was.
      await adapter.click();
      await show(/^Explorer/);
      // Leaving, unlike losing it, ends the extension host.
      await page.goto('about:blank');
    }
  } finally {
    await stop();
    await lab.down();
  }
  const figures = { opened: spread(opened), unfolded: spread(unfolded) };
  const said = Object.values(figures).map(
    ({ median, least, most }) => `${median.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)})`,
  );
  return {
    figures,
    missed: [],
    lines: [
      '| paint | view opened to first adapter, ms | adapter unfolded to first VF, ms |',
      '|---|---|---|',
      `| 512 VFs × 200 containers | ${said.join(' | ')} |`,
    ],
  };
}

/**
 * Milliseconds from the press of the mouse button to the frame after the one with a row of that label.
 *
 * @param {Page} page
 * @param {string} label
 * @param {() => Promise<void>} click
 */
async function untilDrawn(page, label, click) {
  const drawn = await page.evaluateHandle((label) => {
    /** @type {Promise<number>} */
    const took = new Promise((resolve) => {
      const isThere = () =>
        [...document.querySelectorAll('[role=treeitem] .label-name')].some(
          (one) => one.textContent === label,
        );
      const look = (/** @type {number} */ since) => {
        const there = isThere();
        requestAnimationFrame(() => (there ? resolve(performance.now() - since) : look(since)));
      };
      addEventListener('mousedown', () => look(performance.now()), { capture: true, once: true });
    });
    return { took };
  }, label);
  await click();
  return drawn.evaluate(({ took }) => took);
}
