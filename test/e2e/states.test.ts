import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { useLab } from '../lab/useLab';
import { startWorkbench, type Workbench } from './workbench';

const slow = 90_000;

/** What the views say when there is nothing to show, and what they do when a connection breaks. */
describe('when something is missing', { timeout: 4 * slow }, () => {
  const lab = useLab('default');
  const folder = mkdtempSync(join(tmpdir(), 'sriov-states-'));
  const config = join(folder, 'ssh_config');
  let workbench: Workbench;

  beforeAll(async () => {
    const aliases = [
      'Host nothing-listens\n  HostName 127.0.0.1\n  Port 1\n',
      'Host no-such-name\n  HostName no-such-name.invalid\n',
    ];
    writeFileSync(config, `${aliases.join('\n')}\n${readFileSync(lab.sshConfig, 'utf8')}`);
    // A login for each look, so that a changed port is a connection that breaks.
    const settings = { 'sriov.ssh.configFile': config, 'sriov.ssh.reuseConnection': false };
    workbench = await startWorkbench({ settings });
    await workbench.openSriovView();
  });
  afterAll(async () => {
    await workbench?.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  const connect = async (alias: string) => {
    await workbench.runCommand('SR-IOV: Connect to Host…');
    await workbench.pickQuick(alias);
  };
  const says = (text: string) =>
    workbench.page.locator('.pane-body').getByText(text).first().waitFor({ timeout: slow });
  const offers = (button: string) =>
    workbench.page.locator('.pane-body').getByRole('button', { name: button }).first().waitFor();
  const clear = async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await expect.poll(() => workbench.notification(/./).count()).toBe(0);
  };

  test('this machine, chosen without being asked, has no adapter: the way on is a button', async () => {
    await says('No adapter on this host supports SR-IOV.');
    await workbench.page.getByRole('button', { name: 'Check Host Readiness' }).waitFor();
    await workbench.shot('state-no-adapter');
  });

  test('no host at all', async () => {
    await workbench.runCommand('SR-IOV: Disconnect');
    await says('Choose a machine to manage.');
    await says('Containers of the connected host appear here.');
    await workbench.shotInAllThemes('state-no-host');
  });

  test('a host where nothing listens: the reason, and another try', async () => {
    await connect('nothing-listens');
    await workbench.notification('nothing listens on its ssh port').waitFor({ timeout: slow });
    await says('The host couldn’t be reached.');
    await offers('Retry');
    await workbench.shot('state-unreachable');
    await clear();
  });

  test('a name that leads nowhere', async () => {
    await connect('no-such-name');
    await workbench.notification('could not be resolved').waitFor({ timeout: slow });
    await says('The host name can’t be resolved.');
    await offers('Choose Another Host…');
    await workbench.shot('state-unresolved');
    await clear();
  });

  test('a login without root: everything can be looked at; a change asks for sudo’s password first, and goes on', async () => {
    await connect('sriov-lab-sudo');
    await workbench.row('Adapters', 'enp1s0').waitFor({ timeout: slow });
    await workbench.page.locator('.pane-header').getByText('sriov-lab-sudo · limited').waitFor();
    await workbench.inlineAction(workbench.row('Adapters', 'enp1s0'), 'Create VFs…');
    await workbench.quickBox.getByText('Administrative Access: sriov-lab-sudo').waitFor();
    await workbench.shot('state-limited');
    await workbench.typeInput('not the password');
    await workbench.quickBox.getByText('Incorrect. Try again.').waitFor({ timeout: slow });
    await workbench.typeInput(readFileSync('lab/.state/default/sudo-password', 'utf8').trim());
    await workbench.quickBox.getByText(/Number of VFs, from/).waitFor({ timeout: slow });
    await workbench.press('Escape');
    await clear();
    // The next host has rows of the same names.
    await workbench.runCommand('SR-IOV: Disconnect');
    await says('Choose a machine to manage.');
  });

  test('a connection that breaks: the rows stay, with their age, and it comes back by itself', async () => {
    await connect('sriov-lab');
    await workbench.row('Adapters', 'enp1s0').waitFor({ timeout: slow });
    const whole = readFileSync(config, 'utf8');
    writeFileSync(config, whole.replace(/^\s*Port (?!1$)\d+$/m, '  Port 1'));
    await workbench.runCommand('SR-IOV: Refresh');
    await workbench.page
      .getByText(/Connection to sriov-lab lost; showing data from/)
      .first()
      .waitFor({ timeout: slow });
    expect(await workbench.row('Adapters', 'enp1s0').isVisible()).toBe(true);
    await clear();
    await workbench.shotInAllThemes('state-lost');
    writeFileSync(config, whole);
    await workbench.page
      .getByText(/Connection to sriov-lab lost/)
      .first()
      .waitFor({ state: 'detached', timeout: slow });
  });

  test('a hostile name is text wherever it is shown: no icon, no link, no markup', async () => {
    const nasty = '$(trash) [x](command:sriov.host.disconnect)<b>';
    await lab.sh(`ip netns add '${nasty}'; ip link set enp1s0 alias 'two\nlines $(trash)'`);
    try {
      await lab.ok('set-vfs', 'enp1s0', '1');
      await workbench.runCommand('SR-IOV: Refresh');
      await workbench.row('Adapters', 'enp1s0').getByText('1 of 7 VFs').waitFor({ timeout: slow });
      await workbench.inlineAction(workbench.row('Adapters', 'VF 0'), 'Attach to Container…');
      await workbench.pickQuick(nasty);
      await workbench.quickBox.getByText(/Interface name in/).waitFor();
      await workbench.shot('hostile-name');
      const drawn = workbench.page.locator(
        '.codicon-trash, .quick-input-message a, .notification-list-item-message a',
      );
      expect(await drawn.count()).toBe(0);
      await workbench.press('Enter');
      await workbench.quickBox.getByText('addresses with prefix length').waitFor();
      await workbench.press('Enter');
      await workbench.pickQuick('Attach');
      await workbench.notification(/now has VF 0 of enp1s0 as enp1s0v0/).waitFor({ timeout: slow });
      expect(await drawn.count()).toBe(0);
      // A row that is painted again takes its hover along.
      const heldBy = workbench.page.locator('.workbench-hover').getByText('Held by');
      const hovered = async () => {
        await workbench.page.mouse.move(800, 400);
        await workbench.row('Adapters', 'VF 0').hover();
        return heldBy.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      };
      await expect.poll(hovered, { timeout: slow }).toBe(true);
      const links = await workbench.page.locator('.workbench-hover a').all();
      const targets = await Promise.all(links.map((link) => link.getAttribute('data-href')));
      // Those of the row's own actions alone.
      expect(targets.length).toBeGreaterThan(0);
      for (const target of targets) expect(target).toMatch(/^command:sriov\.(vf|function|counters)\.\w+\?/);
      await workbench.shot('hostile-name-attached');
      await lab.ok('detach', 'enp1s0:0');
    } finally {
      await lab.sh(`ip netns del '${nasty}'; ip link set enp1s0 alias ''`);
    }
  });

  test('a narrow side bar still shows what matters', async () => {
    await workbench.page.setViewportSize({ width: 420, height: 800 });
    await workbench.shot('narrow');
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
  });
});
