import { expect, test } from 'vitest';
import type { Lab } from '../lab/lab';
import type { Workbench } from './workbench';

/** A terminal in a container is a shell that its engine starts there. */
export function terminals(lab: Lab, inWorkbench: () => Workbench): void {
  test.each([
    ['fw', 'docker'],
    ['pfw', 'podman'],
  ])('a terminal in %s is a shell that %s starts there', async (container, engine) => {
    const workbench = inWorkbench();
    const { page } = workbench;
    const terminal = page.locator('.terminal-wrapper.active');
    const type = async (line: string) => {
      await page.keyboard.type(line);
      await workbench.press('Enter');
    };
    await workbench.runCommand('SR-IOV: Open Terminal in Container');
    await workbench.pickQuick(container);
    // What is typed before the shell is there is lost in part.
    const typed = async () => {
      await terminal.click();
      await type('hostname > /tmp/typed');
      return lab.sh(`${engine} exec ${container} cat /tmp/typed || true`);
    };
    await expect.poll(typed, { timeout: 90_000, interval: 3000 }).toMatch(/\w/);
    await workbench.shot(`terminal-${engine}`);
    await type('exit');
    await terminal.waitFor({ state: 'detached' });
    await lab.sh(`${engine} exec ${container} rm -f /tmp/typed`);
  });
}
