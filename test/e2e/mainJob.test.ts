import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { useLab } from '../lab/useLab';
import { hiddenViews } from './hidden';
import { keepsAttached } from './kept';
import { countPointer, Keyboard } from './keyboard';
import { outsideChanges } from './outside';
import { packets } from './packets';
import { terminals } from './terminals';
import { startWorkbench, type Workbench } from './workbench';

/** The lab's host is emulated, and a busy machine makes it slower still. */
const slow = 90_000;

describe('the main job', { timeout: 4 * slow }, () => {
  const lab = useLab('default');
  let workbench: Workbench;

  beforeAll(async () => {
    // Read so rarely that what is seen without a look was heard.
    const settings = { 'sriov.ssh.configFile': lab.sshConfig, 'sriov.refresh.interval': 3600 };
    workbench = await startWorkbench({ settings });
    await workbench.openSriovView();
  });
  afterAll(async () => workbench?.stop());

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  const adapters = (label: string) => workbench.row('Adapters', label);
  const containers = (label: string) => workbench.row('Containers', label);
  const fromMenu = (label: string, entry: string) => workbench.fromMenu(adapters(label), entry);
  const text = (label: string) => () => adapters(label).innerText();

  describe('with the mouse', () => {
    test('connects to the lab and shows its adapters and containers', async () => {
      await workbench.runCommand('SR-IOV: Connect to Host…');
      await workbench.pickQuick('sriov-lab');
      await adapters('enp1s0').waitFor({ timeout: slow });
      await containers('fw').waitFor();
      expect(await adapters('enp1s0').innerText()).toContain('0 of 7 VFs');
      await workbench.shot('connected');
    });

    test('9 VFs are too many while typing; 4 are made, each with its network device', async () => {
      await workbench.inlineAction(adapters('enp1s0'), 'Create VFs…');
      await workbench.quickInput.fill('9');
      await workbench.quickBox.getByText('at most 7 VFs').waitFor();
      await workbench.shot('count-too-high');
      await workbench.typeInput('4');
      await adapters('VF 3').waitFor({ timeout: slow });
      expect(await adapters('enp1s0').innerText()).toContain('4 of 7 VFs');
      expect(await adapters('VF 3').innerText()).toContain('enp1s0v3 · free');
    });

    test('one is attached to fw by its button; its row and the container say so', async () => {
      await workbench.inlineAction(adapters('VF 0'), 'Attach to Container…');
      await workbench.shot('attach-container');
      await workbench.pickQuick('hostnet');
      await workbench.quickBox.getByText("hostnet uses the host's own network").waitFor();
      await workbench.shot('attach-container-barred');
      await workbench.pickQuick('fw');
      await workbench.quickInput.fill('a name that is too long');
      await workbench.quickBox.getByText('the kernel takes 15 at most').waitFor();
      await workbench.shot('attach-name-too-long');
      await workbench.typeInput('eth1');
      await workbench.quickBox.getByText('addresses with prefix length').waitFor();
      await workbench.typeInput('10.99.0.10/24 via 10.99.0.1');
      await workbench.quickBox.getByText('as eth1 · 10.99.0.10/24 · via 10.99.0.1').waitFor();
      await workbench.shot('attach-review');
      await workbench.pickQuick('Attach');
      await expect.poll(text('VF 0'), { timeout: slow }).toContain('enp1s0v0 → fw:eth1');
      await containers('eth1').waitFor();
      expect(await containers('eth1').innerText()).toContain('VF 0 of enp1s0 · 10.99.0.10/24');
      await workbench.notification('fw now has VF 0 of enp1s0 as eth1.').waitFor();
      await workbench.shot('attached-told');
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.shotInAllThemes('attached');
      expect((await lab.vf(0)).holder).toMatchObject({ kind: 'container', name: 'fw' });
    });

    test('the number can’t be changed now, and the reason names the container', async () => {
      await fromMenu('enp1s0', 'Remove All VFs…');
      await workbench.notification('VF 0 is in container fw as eth1').waitFor();
      await workbench.shot('refused');
      await workbench.runCommand('Notifications: Clear All Notifications');
    });

    test('its plan can be read before it is done', async () => {
      await fromMenu('VF 0', 'Show Plan…');
      await workbench.page.getByRole('tab', { name: /Plan: Detach VF 0 of enp1s0 from fw/ }).waitFor();
      await workbench.webview.getByRole('heading', { name: 'Steps' }).waitFor();
      await workbench.webview.getByRole('columnheader', { name: 'Command' }).waitFor();
      await workbench.shot('plan');
    });

    hiddenViews(
      lab,
      () => workbench,
      () => {
        terminals(lab, () => workbench);
        packets(lab, () => workbench);
      },
    );

    test('it is moved to router; both containers say so', async () => {
      await fromMenu('VF 0', 'Move to Container…');
      await workbench.pickQuick('router');
      await workbench.quickBox.getByText('Use enp1s0v0, its name on the host').waitFor();
      await workbench.shot('move-name');
      await workbench.press('Enter');
      await workbench.quickBox.getByText('addresses with prefix length').waitFor();
      await workbench.press('Enter');
      await workbench.pickQuick('Move');
      await expect.poll(text('VF 0'), { timeout: slow }).toContain('enp1s0v0 → router:eth1');
      await expect.poll(() => containers('router').innerText()).toContain('1 VF');
      await expect.poll(() => containers('fw').innerText()).not.toContain('VF');
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.shot('moved');
    });

    test('what is attached elsewhere unfolds under its container, without a look at it', async () => {
      await lab.ok('attach', 'enp1s0:2', 'fw', '--name', 'eth2');
      await workbench.runCommand('SR-IOV: Refresh');
      await containers('eth2').waitFor({ timeout: slow });
      expect(await containers('fw').getAttribute('aria-expanded')).toBe('true');
      await lab.ok('detach', 'enp1s0:2');
      await workbench.runCommand('SR-IOV: Refresh');
      await containers('eth2').waitFor({ state: 'detached', timeout: slow });
    });

    test('it is detached, after a question, and free again', async () => {
      await workbench.inlineAction(containers('eth1'), 'Detach');
      await workbench.dialog.getByText('Detach VF 0 of enp1s0 from router?').waitFor();
      await workbench.shot('detach-question');
      await workbench.answerDialog('Detach');
      await expect.poll(text('VF 0'), { timeout: slow }).toContain('enp1s0v0 · free');
      await containers('eth1').waitFor({ state: 'detached' });
    });

    keepsAttached(lab, () => workbench);
    outsideChanges(lab, () => workbench);

    test('removing all VFs lists every one of them', async () => {
      await fromMenu('enp1s0', 'Remove All VFs…');
      for (const index of [0, 1, 2, 3])
        await workbench.dialog.getByText(`VF ${index} enp1s0v${index}`).waitFor();
      await workbench.shot('remove-question');
      await workbench.answerDialog('Remove 4 VFs');
      await expect.poll(text('enp1s0'), { timeout: slow }).toContain('0 of 7 VFs');
    });

    test('the host’s readiness is shown, worst first', async () => {
      await workbench.runCommand('SR-IOV: Run Readiness Checks');
      await workbench.row('Host Readiness', 'IOMMU and Passthrough').waitFor({ timeout: slow });
      await workbench.shotInAllThemes('readiness');
    });

    test('a check’s fix is shown as a difference, applied after a question, and taken back', async () => {
      const file = '/etc/NetworkManager/conf.d/90-sriov-workbench.conf';
      // The guest has no NetworkManager: a stand-in that takes any command.
      await lab.sh(`mkdir -p /run/NetworkManager; ln -sf /bin/true /usr/local/bin/nmcli`);
      onTestFinished(async () => {
        await lab.sh(`rm -rf /run/NetworkManager /usr/local/bin/nmcli /etc/NetworkManager`);
      });
      await workbench.runCommand('SR-IOV: Run Readiness Checks');
      const check = workbench.row('Host Readiness', 'NetworkManager will configure new VFs');
      await check.waitFor({ timeout: slow });
      await check.click({ button: 'right' });
      const item = workbench.page.getByRole('menuitem', { name: 'Apply Fix…' });
      await item.hover();
      await workbench.page.waitForTimeout(500);
      await item.click();
      await workbench.dialog
        .getByText('Fix: NetworkManager will configure new VFs?')
        .waitFor({ timeout: slow });
      await workbench.page.getByRole('tab', { name: /90-sriov-workbench.conf: before ↔ after/ }).waitFor();
      await workbench.shot('fix-question');
      await workbench.answerDialog('Apply Fix');
      await check.waitFor({ state: 'detached', timeout: slow });
      expect(await lab.sh(`cat ${file}`)).toContain('unmanaged-devices+=driver:igbvf');
      await workbench.runCommand('SR-IOV: Undo Fix…');
      await workbench.pickQuick('NetworkManager will configure new VFs');
      await workbench.dialog.waitFor({ timeout: slow });
      await workbench.answerDialog('Undo Fix');
      await check.waitFor({ timeout: slow });
      await lab.sh(`[ ! -e ${file} ]`);
    });
  });

  describe('with the keyboard alone', () => {
    let keyboard: Keyboard;
    let pointerEvents: () => Promise<number>;

    beforeAll(async () => {
      await lab.tidy();
      await workbench.page.reload();
      await workbench.page.locator('.monaco-workbench').waitFor();
      keyboard = new Keyboard(workbench);
      pointerEvents = await countPointer(workbench);
    });

    test('connects', async () => {
      await keyboard.command('SR-IOV: Connect to Host…');
      await keyboard.pick('sriov-lab');
      await workbench.page.locator('.pane-header').getByText('sriov-lab', { exact: true }).waitFor();
      await workbench.notification('Connecting to').waitFor({ state: 'detached', timeout: slow });
      await adapters('enp1s0').waitFor({ timeout: slow });
    });

    test('makes 4 VFs from the row’s menu', async () => {
      await workbench.focusView('Adapters');
      await keyboard.goTo('Adapters', 'enp1s0');
      await keyboard.menu('Create VFs…');
      await keyboard.answer(/Number of VFs, from/, '4');
      await adapters('VF 3').waitFor({ timeout: slow });
    });

    test('attaches one to fw with Ctrl+Enter', async () => {
      await workbench.focusView('Adapters');
      await keyboard.goTo('Adapters', 'VF 1');
      await workbench.press('Control+Enter');
      await workbench.quickBox.getByText('Attach VF 1 of enp1s0').waitFor();
      await keyboard.pick('fw');
      // It had one before.
      await keyboard.pick('New Answers…');
      await keyboard.answer(/Interface name in fw/, 'eth1');
      await keyboard.answer(/Addresses with prefix length/, '10.99.0.11/24');
      await keyboard.pick('Attach');
      await expect.poll(text('VF 1'), { timeout: slow }).toContain('enp1s0v1 → fw:eth1');
      await containers('eth1').waitFor();
      await workbench.shot('keyboard-attached');
    });

    test('copies its PCI address with Ctrl+C', async () => {
      await workbench.focusView('Adapters');
      await keyboard.goTo('Adapters', 'VF 1');
      await workbench.press('Control+C');
      const copied = () => workbench.page.evaluate<string>('navigator.clipboard.readText()');
      await expect.poll(copied).toBe((await lab.vf(1)).pci);
    });

    test('detaches it with Delete', async () => {
      await keyboard.goTo('Adapters', 'VF 1');
      await workbench.press('Delete');
      await keyboard.confirm('Detach');
      await expect.poll(text('VF 1'), { timeout: slow }).toContain('enp1s0v1 · free');
    });

    test('attaches it like last time: the container, and one answer', async () => {
      await keyboard.goTo('Adapters', 'VF 1');
      await workbench.press('Control+Enter');
      await keyboard.pick('fw');
      await workbench.quickBox.getByText('as eth1 · 10.99.0.11/24').waitFor();
      await workbench.shot('like-last-time');
      await keyboard.pick('Like Last Time');
      await expect.poll(text('VF 1'), { timeout: slow }).toContain('enp1s0v1 → fw:eth1');
      await keyboard.goTo('Adapters', 'VF 1');
      await workbench.press('Delete');
      await keyboard.confirm('Detach');
      await expect.poll(text('VF 1'), { timeout: slow }).toContain('enp1s0v1 · free');
    });

    test('attaches from the container’s menu and from the palette, and undoes that', async () => {
      await workbench.focusView('Containers');
      await keyboard.goTo('Containers', 'router');
      await keyboard.menu('Attach VF…');
      await keyboard.pick('VF 2 of enp1s0');
      await keyboard.answer(/Interface name in router/, '');
      await keyboard.answer(/Addresses with prefix length/, '');
      await keyboard.pick('Attach');
      await expect.poll(text('VF 2'), { timeout: slow }).toContain('→ router:enp1s0v2');
      // What was just changed is selected when the change has ended, so that it is what the command means.
      await expect.poll(() => adapters('VF 2').getAttribute('aria-selected'), { timeout: slow }).toBe('true');
      await keyboard.command('SR-IOV: Detach');
      await workbench.dialog.getByText('Detach VF 2 of enp1s0 from router?').waitFor();
      await keyboard.confirm('Detach');
      await expect.poll(text('VF 2'), { timeout: slow }).toContain('enp1s0v2 · free');
    });

    test('runs the readiness checks and reads one', async () => {
      await keyboard.command('SR-IOV: Run Readiness Checks');
      await workbench.row('Host Readiness', 'IOMMU and Passthrough').waitFor({ timeout: slow });
      await workbench.focusView('Host Readiness');
      await keyboard.goTo('Host Readiness', 'IOMMU and Passthrough');
      await keyboard.unfold('Host Readiness');
      await keyboard.goTo('Host Readiness', 'DMA remapping is on');
      await workbench.press('Enter');
      await workbench.webview.getByRole('heading', { level: 1, name: 'DMA remapping is on' }).waitFor();
      await workbench.shot('keyboard-readiness');
    });

    test('never touched the mouse', async () => {
      expect(await pointerEvents()).toBe(0);
    });
  });
});
