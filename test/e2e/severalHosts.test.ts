import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { replayed } from '../../scripts/start/lab.mjs';
import { startWorkbench, type Workbench } from './workbench';

const slow = 90_000;

/** Two recorded hosts that are connected at once, each with a row of its own at the top of the trees. */
describe('several hosts', { timeout: 2 * slow }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sriov-hosts-'));
  let workbench: Workbench;
  beforeAll(async () => {
    const configs = [];
    for (const name of ['e810', 'bcm57414'])
      configs.push(
        readFileSync(`${(await replayed(name)).settings['sriov.ssh.configFile'] as string}`, 'utf8'),
      );
    const config = join(folder, 'ssh_config');
    writeFileSync(config, configs.join('\n'));
    const settings = { 'sriov.ssh.configFile': config, 'sriov.host.default': 'bcm57414' };
    workbench = await startWorkbench({ settings: { ...settings, 'sriov.host.connections': 'all' } });
    await workbench.openSriovView();
  });
  afterAll(async () => {
    await workbench?.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  const row = (label: string) => workbench.row('Adapters', label);

  test('the second stands beside the first, and is the current one', async () => {
    await row('ens1f0np0').waitFor({ timeout: slow });
    expect(await row('bcm57414').count()).toBe(0);
    await workbench.runCommand('SR-IOV: Connect to Host…');
    await workbench.pickQuick('e810');
    await row('e810').waitFor({ timeout: slow });
    await row('bcm57414').waitFor();
    await row('ens1f0np0').waitFor();
    await workbench.page.getByRole('button', { name: 'SR-IOV host e810' }).first().waitFor();
    await workbench.shotInAllThemes('several-hosts');
  });

  test('a row that is selected makes its host the current one', async () => {
    await row('ens1f0np0').click();
    await workbench.page.getByRole('button', { name: 'SR-IOV host bcm57414' }).first().waitFor();
  });

  test('both are connected again after a reload, and the one that was selected last is the current one', async () => {
    // In a browser, VS Code writes down what extensions keep every five seconds, and nothing as the page goes.
    await workbench.page.waitForTimeout(6000);
    await workbench.page.reload();
    for (const label of ['bcm57414', 'e810', 'ens1f0np0']) await row(label).waitFor({ timeout: slow });
    await workbench.page.getByRole('button', { name: 'SR-IOV host bcm57414' }).first().waitFor();
  });

  test('one is disconnected by its row, and the other stays', async () => {
    await workbench.contextAction(row('e810'), 'Disconnect');
    await row('e810').waitFor({ state: 'detached' });
    await row('ens1f0np0').waitFor();
    expect(await row('bcm57414').count()).toBe(0);
  });
});
