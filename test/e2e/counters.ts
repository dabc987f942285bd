import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../lab/lab';
import { barriersInAllThemes } from './accessibility';
import type { Workbench } from './workbench';

/** The lab's host is emulated, and a busy machine makes it slower still. */
const slow = 90_000;

/** The panel with the counters of a VF that the container fw has, through which something flows. */
export function counters(lab: Lab, inWorkbench: () => Workbench): void {
  describe('counters', () => {
    let workbench: Workbench;
    beforeAll(async () => {
      workbench = inWorkbench();
      await lab.sh('docker exec -d fw ping -i 0.2 -s 1000 10.99.0.254');
    });
    afterAll(() => lab.sh('pkill -x ping || :'));

    const vf0 = () => workbench.row('Adapters', 'VF 0');
    const page = () => workbench.webview;
    /** The cells of the line that is called so, as the table has them. */
    const cells = (title: string) =>
      page().getByRole('row').filter({ hasText: title }).getByRole('cell').allInnerTexts();
    const received = async (title: string) => (await cells(title))[2] ?? '';
    /** What the chart for what was received has drawn. */
    const picture = () =>
      page()
        .locator('#rx canvas')
        .evaluate((canvas) => (canvas as unknown as Canvas).toDataURL());
    /** The processes that count on the host. */
    const counting = () => lab.sh(`pgrep -x -f 'sleep [0-5][.][0-9][0-9]' || :`);

    test('are opened from a row, and its line moves', async () => {
      await workbench.contextAction(vf0(), 'Show Counters');
      await page().getByText('sriov-lab: read every second.').waitFor({ timeout: slow });
      await expect.poll(() => received('VF 0 of enp1s0'), { timeout: slow }).toMatch(/^[\d.]+ kb\/s$/);
      expect((await cells('VF 0 of enp1s0'))[1]).toBe('→ fw:eth1');
      const before = await picture();
      await expect.poll(picture, { timeout: slow }).not.toBe(before);
    });

    test('several lines can be told apart without colors', async () => {
      await page().getByRole('button', { name: 'Pick Functions…' }).click();
      await workbench.quickBox.locator('.label-name').getByText('enp2s0', { exact: true }).click();
      await workbench.press('Enter');
      await expect.poll(() => received('enp2s0'), { timeout: slow }).toMatch(/^[\d.]+ kb\/s$/);
      const dashes = await page()
        .locator('tbody line')
        .evaluateAll((lines) =>
          lines.map((line) => (line as unknown as Line).getAttribute('stroke-dasharray')),
        );
      expect(new Set(dashes).size).toBe(2);
      await page().getByRole('combobox', { name: 'Window' }).selectOption('1 minute');
      await workbench.runCommand('View: Toggle Maximized Panel');
      await workbench.page.waitForTimeout(8000);
      const plot = page().locator('#rx .u-over');
      const { width = 0, height = 0 } = (await plot.boundingBox()) ?? {};
      await plot.hover({ position: { x: width * 0.97, y: height / 2 } });
      await page()
        .getByText(/A [\d.]+ kb\/s\nB/)
        .waitFor();
      await workbench.shot('counters-readout');
      expect(await barriersInAllThemes(workbench, 'counters')).toEqual([]);
      await workbench.runCommand('View: Toggle Maximized Panel');
    });

    test('rates are on the rows when they are switched on', async () => {
      await workbench.runCommand('SR-IOV: Toggle Rates on Rows');
      await expect.poll(() => vf0().innerText(), { timeout: slow }).toMatch(/↓ [\d.]+ kb\/s ↑/);
      await workbench.shot('counters-rows');
      await workbench.runCommand('SR-IOV: Toggle Rates on Rows');
      await expect.poll(() => vf0().innerText(), { timeout: slow }).not.toContain('↓');
    });

    test('nothing runs on the host once the panel is hidden', async () => {
      await expect.poll(counting, { timeout: slow }).not.toBe('');
      await workbench.runCommand('View: Hide Panel');
      await expect.poll(counting, { timeout: 10_000 }).toBe('');
    });
  });
}

interface Canvas {
  toDataURL(): string;
}
interface Line {
  getAttribute(name: string): string | null;
}
