import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { replayed } from '../../scripts/start/lab.mjs';
import { startWorkbench, type Workbench } from './workbench';

const slow = 90_000;

/** What the guide in docs/ shows, on a recorded host; `npm run docs:images` takes its pictures from here. */
describe('the guide’s way through the workbench', { timeout: 2 * slow }, () => {
  let workbench: Workbench;
  beforeAll(async () => {
    const { settings } = await replayed('cx5-legacy');
    const viewport = { width: 1200, height: 600 };
    workbench = await startWorkbench({ settings, viewport });
    await workbench.openSriovView();
    await vf('VF 0').waitFor({ timeout: slow });
    await widenSideBar();
  });
  afterAll(async () => workbench?.stop());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  /** So that whole rows are in the pictures. */
  const widenSideBar = async () => {
    const { mouse } = workbench.page;
    const edge = await workbench.page.locator('.part.sidebar').boundingBox();
    if (!edge) throw new Error('There is no side bar.');
    await mouse.move(edge.x + edge.width, 300);
    await mouse.down();
    await mouse.move(440, 300, { steps: 5 });
    await mouse.up();
    await mouse.move(0, 0);
  };
  const vf = (label: string) => workbench.row('Adapters', label).first();

  test('who has which VF', async () => {
    await workbench.row('Containers', 'router').waitFor();
    await workbench.row('Containers', 'net1').waitFor();
    expect(await vf('VF 3').innerText()).toContain('router');
    await workbench.shot('adapters-and-containers');
  });

  test('a host that can’t be one', async () => {
    await workbench.runCommand('SR-IOV: Connect to Host…');
    await workbench.quickInput.fill('admin@r740:99999');
    await workbench.quickBox.getByRole('option').filter({ hasText: 'is not a port' }).waitFor();
    await workbench.shot('connect-typed');
    await workbench.press('Escape');
  });

  test('from a VF’s button to the summary in two clicks', async () => {
    await workbench.page.evaluate(`
      window.clicks = 0;
      window.addEventListener('pointerdown', () => (window.clicks += 1), { capture: true });
    `);
    await workbench.inlineAction(vf('VF 0'), 'Attach to Container…');
    await workbench.pickQuick('probe');
    await workbench.typeInput('eth1');
    await workbench.quickBox.getByText('addresses with prefix length').waitFor();
    await workbench.typeInput('192.0.2.20/24 via 192.0.2.1');
    await workbench.quickBox.getByText('as eth1 · 192.0.2.20/24 · via 192.0.2.1').waitFor();
    await workbench.quickBox.getByText('Clear and Attach', { exact: true }).waitFor();
    expect(await workbench.page.evaluate<number>('window.clicks')).toBe(2);
    await workbench.shot('attach-summary');
    await workbench.press('Escape');
  });

  test('what a VF can be set to', async () => {
    await vf('VF 2').click();
    await workbench.runCommand('SR-IOV: Configure VF…');
    for (const label of ['VLAN', 'Trust', 'Link State'])
      await workbench.quickBox.getByText(label, { exact: true }).waitFor();
    await workbench.shot('configure-vf');
    await workbench.press('Escape');
  });

  test('the plan of a change', async () => {
    await vf('VF 3').click();
    await workbench.runCommand('SR-IOV: Show Plan…');
    await workbench.webview.getByRole('heading', { level: 1 }).waitFor({ timeout: slow });
    await workbench.webview.getByRole('columnheader', { name: 'Undo', exact: true }).waitFor();
    await workbench.shot('plan-of-a-detachment');
    await workbench.runCommand('View: Close All Editors');
  });

  test('what is wired to what', async () => {
    await workbench.runCommand('SR-IOV: Show Topology');
    const { webview } = workbench;
    await webview.getByRole('button', { name: /^VF 3 / }).waitFor({ timeout: slow });
    await webview.locator('#fit').click();
    await workbench.shot('topology-of-a-host');
    await workbench.runCommand('View: Close All Editors');
  });

  test('the checks of a host, worst first', async () => {
    await workbench.runCommand('SR-IOV: Run Readiness Checks');
    await workbench.row('Host Readiness', 'IOMMU and Passthrough').waitFor({ timeout: slow });
    await workbench.runCommand('SR-IOV: Show Report');
    await workbench.webview.getByRole('heading').first().waitFor({ timeout: slow });
    await workbench.shot('readiness-checks');
    await workbench.runCommand('View: Close All Editors');
  });

  test('a log that was pasted', async () => {
    await workbench.runCommand('SR-IOV: Diagnose Pasted Log…');
    await workbench.pickQuick('Paste into an Empty Editor');
    const asked = workbench.notification('Paste the log into the editor');
    await asked.waitFor();
    await workbench.page.locator('.editor-instance .monaco-editor').first().click();
    await workbench.page.keyboard.insertText(
      "[ 1.0] igb 0000:05:00.0: can't enable 2 VFs (bus 06 out of range of [bus 05])\n",
    );
    await asked.getByRole('button', { name: 'Diagnose' }).click();
    await workbench.webview.getByText('cause: bus-out-of-range').waitFor({ timeout: slow });
    await workbench.shot('pasted-log');
  });
});
