import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openShell, type Shell } from '../../lab/shell.mjs';
import { countStarts } from '../../lab/starts.mjs';
import type { Lab } from '../lab/lab';
import { watchRows } from './frames';
import type { Workbench } from './workbench';

/** The lab's host is emulated, and a busy machine makes it slower still. */
const slow = 90_000;

/** What others do on a host whose first adapter has four free VFs appears by itself, whatever the person is doing. */
export function outsideChanges(lab: Lab, inWorkbench: () => Workbench): void {
  describe('what others do on the host', () => {
    let workbench: Workbench;
    let shell: Shell;
    beforeAll(() => {
      workbench = inWorkbench();
      shell = openShell(lab.variant);
    });
    afterAll(() => shell.close());

    const vf = (index: number) => workbench.row('Adapters', `VF ${index}`);
    const says = (index: number, text: string) =>
      expect.poll(() => vf(index).innerText(), { timeout: slow }).toContain(text);
    const container = (name: string) => workbench.row('Containers', name);
    const isRunning = (name: string) => async () => (await container(name).innerText()).includes('running');
    const rename = async (index: number, name: string) => {
      const before = `enp1s0v${index}`;
      await shell.run(`ip link set ${before} name ${name}`);
      onTestFinished(async () => {
        await shell.run(`ip link set ${name} name ${before}`);
        await says(index, `${before} · free`);
      });
    };

    test('appears by itself; what is selected stays selected, and what is unfolded unfolded', async () => {
      await vf(2).click();
      await rename(2, 'selected');
      await rename(3, 'outside');
      await shell.run('docker stop -t 0 router');
      onTestFinished(async () => {
        await shell.run('docker start router');
        await expect.poll(isRunning('router'), { timeout: slow }).toBe(true);
      });
      await says(2, 'selected · free');
      await says(3, 'outside · free');
      await expect.poll(isRunning('router'), { timeout: slow }).toBe(false);
      expect(await vf(2).getAttribute('aria-selected')).toBe('true');
      expect(await workbench.focusedRow('Adapters').innerText()).toContain('VF 2');
      expect(await workbench.row('Adapters', 'enp1s0').getAttribute('aria-expanded')).toBe('true');
      await workbench.shot('outside-change');
    });

    test('appears beside an open menu, which stays open and means the same row', async () => {
      await vf(3).click({ button: 'right' });
      const entry = workbench.page.getByRole('menuitem', { name: 'Copy PCI Address' });
      await entry.waitFor();
      await rename(2, 'beside');
      await rename(3, 'under');
      await says(2, 'beside · free');
      await says(3, 'under · free');
      await workbench.shot('outside-change-menu');
      await entry.hover();
      await workbench.page.waitForTimeout(500);
      await entry.click();
      const copied = () => workbench.page.evaluate<string>('navigator.clipboard.readText()');
      const pci = await shell.run(`basename "$(readlink /sys/bus/pci/devices/*/net/under/device)"`);
      await expect.poll(copied).toBe(pci);
    });

    test('a container that restarts in a loop: no other row flickers, and the host rests between looks', async () => {
      const missing = await watchRows(workbench, ['router', 'Docker']);
      const ends = await countStarts(shell);
      const began = performance.now();
      await shell.run('for time in $(seq 6); do docker restart -t 0 router; done');
      const seconds = (performance.now() - began) / 1000;
      const looks = (await ends()).flatMap((start) => start.seconds ?? []);
      await expect.poll(isRunning('router'), { timeout: slow }).toBe(true);
      const { frames, rows } = await missing();
      expect(frames).toBeGreaterThan(seconds);
      expect(rows).toEqual([]);
      expect(looks.length).toBeGreaterThan(0);
      const withRest = (look: number) => look + Math.min(2 * look, 5);
      // Three may follow each other at once.
      expect(looks.reduce((sum, look) => sum + withRest(look), 0)).toBeLessThan(
        seconds + 3 * withRest(Math.max(...looks)),
      );
    });

    test('is heard again after what listens was killed', async () => {
      /** Who waits for the next beat, at which it looks after its sources for a moment. */
      const find = `ps -o ppid= -p "$(pgrep -x -f 'sleep 15')" 2>/dev/null || :`;
      const listener = () => vi.waitUntil(() => shell.run(find), { timeout: slow, interval: 500 });
      const before = await listener();
      await shell.run(`kill -9 ${before}`);
      await rename(2, 'deaf');
      await says(2, 'deaf · free');
      expect(await listener()).not.toBe(before);
      await rename(3, 'heard');
      await says(3, 'heard · free');
    });
  });
}
