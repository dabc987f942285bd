/// <reference lib="dom" />
import { replayed } from '../scripts/start/lab.mjs';
import { spread } from './measure.mjs';
import { startWorkbench } from './workbench.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * What a person waits for on a host with 512 VFs and 200 containers, in a VS Code in a browser: from the click on the icon until the
 * first adapter is drawn, which takes starting the extension, logging in to a replay, looking and drawing; and from the click on
 * an adapter with 128 VFs until the first of them is; and from a key in the filter's box until the rows below come to rest. In
 * milliseconds, with the window's own tasks of more than 50 ms while it is typed.
 *
 * @type {import('./recorded.mjs').RecordedBench}
 */
export async function paint(rounds) {
  const lab = await replayed('big');
  const { page, open, show, stop } = await startWorkbench(lab.settings);
  const opened = [];
  const unfolded = [];
  /** @type {number[]} */
  const keys = [];
  /** @type {number[]} */
  const longTasks = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      await open();
      opened.push(await untilDrawn(page, 'ens1f0', () => show(/^SR-IOV/)));
      const adapter = page.getByRole('treeitem', { name: /^Adapter ens1f0/ });
      unfolded.push(await untilDrawn(page, 'VF 0', () => adapter.click()));
      const typed = await typing(page, filterText);
      keys.push(...typed.keys);
      longTasks.push(...typed.longTasks);
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
  const times = { opened: spread(opened), unfolded: spread(unfolded), keys: spread(keys) };
  const said = Object.values(times).map(
    ({ median, least, most }) => `${median.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)})`,
  );
  return {
    figures: { ...times, longTasks },
    missed: [],
    lines: [
      '| paint | view opened to first adapter, ms | adapter unfolded to first VF, ms | a key of the filter to its rows, ms |',
      '|---|---|---|---|',
      `| 512 VFs × 200 containers | ${said.join(' | ')} |`,
      '',
      `Tasks of the window of more than 50 ms in ${keys.length} keys: ${longTasks.map((ms) => ms.toFixed(0)).join(', ') || 'none'}.`,
    ],
  };
}

/** Each key of it leaves fewer rows. */
const filterText = 'ens1f0v12';

/**
 * Types into the filter's box, key by key, and gives it up.
 *
 * @param {Page} page
 * @param {string} text
 * @returns {Promise<{ keys: number[], longTasks: number[] }>} a time for each key that changed something
 */
async function typing(page, text) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill('>SR-IOV: Filter…');
  await page.locator('.quick-input-widget [role=option].focused').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').getByText('Filter Adapters and Containers').waitFor();
  const seen = await page.evaluateHandle(() => {
    /** @type {{ keys: number[], longTasks: number[] }} */
    const found = { keys: [], longTasks: [] };
    let pressed = Infinity;
    let last = -Infinity;
    const note = () => {
      if (last > pressed) found.keys.push(last - pressed);
    };
    addEventListener(
      'keydown',
      () => {
        note();
        pressed = performance.now();
      },
      { capture: true },
    );
    const rows = document.querySelector('.sidebar');
    new MutationObserver(() => (last = performance.now())).observe(rows ?? document.body, {
      ...{ childList: true, subtree: true, characterData: true },
    });
    new PerformanceObserver((list) =>
      found.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ type: 'longtask' });
    return { found, note };
  });
  for (const key of text) {
    await page.keyboard.press(key);
    await page.waitForTimeout(400);
  }
  const found = await seen.evaluate(({ found, note }) => {
    note();
    return found;
  });
  await page.keyboard.press('Escape');
  return found;
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
