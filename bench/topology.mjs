/// <reference lib="dom" />
import { replayed } from '../scripts/start/lab.mjs';
import { spread } from './measure.mjs';
import { startWorkbench } from './workbench.mjs';

/** Of a frame, at 60 a second; a picture that is moved needs half of them. */
const frame = 1000 / 60;
const aims = { pan: 2 * frame, zoom: 2 * frame, update: frame };

/**
 * The picture of a host with 512 VFs and 200 containers, all of them opened: milliseconds between two frames while it is scrolled and
 * while it is zoomed, beside those of the same page at rest; and what the page's script takes for a change of one VF.
 *
 * @type {import('./recorded.mjs').RecordedBench}
 */
export async function topology(rounds) {
  const lab = await replayed('big');
  const { page, open, show, stop } = await startWorkbench(lab.settings);
  const picture = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  /** @type {Record<keyof typeof aims | 'rest', number[]>} */
  const found = { rest: [], pan: [], zoom: [], update: [] };
  try {
    await open();
    await show(/^SR-IOV/);
    await page
      .getByRole('treeitem', { name: /^Adapter/ })
      .first()
      .waitFor();
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').fill('>SR-IOV: Show Topology');
    await page.locator('.quick-input-widget [role=option].focused').waitFor();
    await page.keyboard.press('Enter');
    await picture.locator('.node').first().waitFor();
    // A filter that every VF meets opens all that is folded.
    await picture.locator('#filter').fill('vf');
    await picture.locator('[data-node*="/vf/"]').first().waitFor();
    const body = picture.locator('body');
    for (let round = 0; round < rounds; round += 1) {
      for (const kind of /** @type {const} */ (['rest', 'pan', 'zoom']))
        found[kind].push(...(await body.evaluate(frames, kind)));
      found.update.push(...(await body.evaluate(updates)));
    }
  } finally {
    await stop();
    await lab.down();
  }
  const times = Object.fromEntries(Object.entries(found).map(([kind, all]) => [kind, spread(all)]));
  const missed = Object.entries(aims).flatMap(([kind, aim]) =>
    (times[kind]?.median ?? Infinity) > 1.5 * aim ? [`topology ${kind}`] : [],
  );
  const said = ['rest', 'pan', 'zoom', 'update'].map((kind) => {
    const { median, least, most } = times[kind] ?? { median: NaN, least: NaN, most: NaN };
    return `${median.toFixed(1)} (${least.toFixed(1)}–${most.toFixed(1)})`;
  });
  return {
    figures: times,
    missed,
    lines: [
      '| topology | at rest, ms a frame | scrolled, ms a frame | zoomed, ms a frame | change of one VF, ms |',
      '|---|---|---|---|---|',
      `| 512 VFs × 200 containers, opened | ${said.join(' | ')} |`,
    ],
  };
}

/**
 * @param {unknown} _body
 * @param {'rest' | 'pan' | 'zoom'} kind
 */
async function frames(_body, kind) {
  const view = /** @type {HTMLElement} */ (document.querySelector('#view'));
  const picture = view.querySelector('svg');
  const { left, top } = view.getBoundingClientRect();
  const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  await next();
  let last = performance.now();
  for (let at = 0; at < 60; at += 1) {
    const back = at % 30 < 15 ? 1 : -1;
    if (kind === 'pan') view.scrollBy(0, 80 * back);
    if (kind === 'zoom')
      picture?.dispatchEvent(
        new WheelEvent('wheel', {
          ...{ deltaY: 20 * back, ctrlKey: true, bubbles: true, cancelable: true },
          ...{ clientX: left + 300, clientY: top + 200 },
        }),
      );
    await next();
    times.push(performance.now() - last);
    last = performance.now();
  }
  return times;
}

/** The page is told of a VF that goes up and down. */
async function updates() {
  const id = document.querySelector('[data-node*="/vf/"]')?.getAttribute('data-node') ?? '';
  const times = [];
  for (let at = 0; at < 20; at += 1) {
    const look = at % 2 === 0 ? 'down' : 'up';
    const node = { id, layer: 2, label: 'VF', detail: `${at}`, look, spoken: `VF ${at}`, vlan: 0 };
    const difference = { nodes: { set: [node], gone: [] }, links: { set: [], gone: [] } };
    const began = performance.now();
    window.dispatchEvent(new MessageEvent('message', { data: { kind: 'change', said: '', difference } }));
    times.push(performance.now() - began);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return times;
}
