import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openShell, type Shell } from '../../lab/shell.mjs';
import { countStarts } from '../../lab/starts.mjs';
import type { Lab } from '../lab/lab';
import type { Workbench } from './workbench';

/** The lab's host is emulated, and a busy machine makes it slower still. */
const slow = 90_000;
/** Milliseconds after which a host is left that nobody looks at, and some. */
const patience = 62_000;

/** Nobody looks at a host whose first adapter has a free VF 2, while `meanwhile` tests what needs no view. */
export function hiddenViews(lab: Lab, inWorkbench: () => Workbench, meanwhile: () => void): void {
  describe('while no view is visible', () => {
    let workbench: Workbench;
    let shell: Shell;
    let since: number;
    beforeAll(async () => {
      workbench = inWorkbench();
      shell = openShell(lab.variant);
      await workbench.runCommand('View: Close All Editors');
      // What is selected would be meant by every command.
      await workbench.focusView('Adapters');
      await workbench.press('Escape');
      await workbench.page
        .locator('.activitybar')
        .getByRole('tab', { name: /^Explorer/ })
        .click();
      since = performance.now();
    });
    afterAll(() => shell.close());

    meanwhile();

    test('the host is asked for nothing after a minute; what happened is there once one is', async () => {
      await workbench.page.waitForTimeout(Math.max(0, since + patience - performance.now()));
      const listening = () => shell.run('pgrep -f "^(ip monitor|udevadm monitor|docker events)" || :');
      // What listens there ends with its next beat.
      await expect.poll(listening, { timeout: 17_000, interval: 1000 }).toBe('');
      const ends = await countStarts(shell);
      const rename = (before: string, name: string) => shell.run(`ip link set ${before} name ${name}`);
      await rename('enp1s0v2', 'meanwhile');
      onTestFinished(async () => {
        await workbench.openSriovView();
        await rename('meanwhile', 'enp1s0v2');
        await says('enp1s0v2 · free');
      });
      const says = (text: string) =>
        expect.poll(() => workbench.row('Adapters', 'VF 2').innerText(), { timeout: slow }).toContain(text);
      // Longer than a host ever rests between two looks.
      await workbench.page.waitForTimeout(6000);
      expect((await ends()).filter(({ isByLogin }) => isByLogin)).toEqual([]);
      expect(await listening()).toBe('');
      await workbench.openSriovView();
      await says('meanwhile · free');
    });
  });
}
