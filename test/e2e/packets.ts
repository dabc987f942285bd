import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Lab } from '../lab/lab';
import { barriersInAllThemes } from './accessibility';
import type { Workbench } from './workbench';

const slow = 90_000;

/** What passes VF 0, which fw has as eth1 with a gateway that isn't there, and whether anything does. */
export function packets(lab: Lab, inWorkbench: () => Workbench): void {
  describe('packets', () => {
    const onVf0 = async (title: string) => {
      await inWorkbench().runCommand(title);
      await inWorkbench().pickQuick('VF 0 of enp1s0');
    };

    test('a path says what is wrong first, and whether another address answers', async () => {
      const workbench = inWorkbench();
      await onVf0('SR-IOV: Check Path…');
      await workbench.webview
        .getByText('The first thing that is wrong: 10.99.0.1 does not answer fw:eth1')
        .waitFor({ timeout: slow });
      expect(await barriersInAllThemes(workbench, 'path')).toEqual([]);
      await workbench.webview.getByRole('button', { name: 'Check With an Address…' }).click();
      await workbench.typeInput('10.99.0.254');
      await workbench.webview.getByText('The path works.').waitFor({ timeout: slow });
      await workbench.shot('path-works');
      await workbench.runCommand('View: Close All Editors');
    });

    test('a capture asks for a filter that the host takes, and is a file of exactly its packets', async () => {
      const workbench = inWorkbench();
      const folder = await mkdtemp(join(tmpdir(), 'sriov-capture-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      await onVf0('SR-IOV: Capture Packets…');
      await workbench.quickBox.getByText('A filter in tcpdump syntax').waitFor({ timeout: slow });
      await workbench.typeInput('icmp;');
      await workbench.quickBox.getByText('syntax error').waitFor({ timeout: slow });
      await workbench.shot('capture-filter');
      await workbench.typeInput('icmp');
      await workbench.quickBox.getByText('Until I stop it').waitFor({ timeout: slow });
      await workbench.quickInput.fill('4');
      await workbench.pickQuick('4 packets');
      await workbench.quickBox.getByText('A Capture File…').waitFor();
      await workbench.shot('capture-where');
      await workbench.pickQuick('A Capture File…');
      const file = join(folder, 'eth1.pcap');
      // The box for a file puts its proposal in the place of what was typed before it had one.
      await expect.poll(() => workbench.quickInput.inputValue(), { timeout: slow }).toContain('fw-eth1.pcap');
      await workbench.quickInput.fill(file);
      // It takes neither a key nor a click while it looks at the folder.
      const ok = workbench.quickBox.getByRole('button', { name: 'OK' });
      const isAsked = async () => {
        await ok.click({ timeout: 1000 }).catch(() => {});
        return ok.isVisible();
      };
      await expect.poll(isAsked, { timeout: slow, interval: 1000 }).toBe(false);
      const size = async () => (await readFile(file).catch(() => '')).length;
      await expect.poll(size, { timeout: slow }).toBe(24);
      await workbench.shot('capturing');
      await lab.sh('docker exec fw ping -c 2 10.99.0.254');
      await workbench.notification('fw:eth1: 4 packets').waitFor({ timeout: slow });
      await workbench.shot('captured');
      expect(await size()).toBe(24 + 4 * (16 + 98));
      await workbench.runCommand('Notifications: Clear All Notifications');
    });
  });
}
