import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openShell, type Shell } from '../../lab/shell.mjs';
import { useLab } from '../lab/useLab';
import { barriersInAllThemes } from './accessibility';
import { countPointer } from './keyboard';
import { startWorkbench, type Workbench } from './workbench';

/** The lab's host is emulated, and a busy machine makes it slower still. */
const slow = 90_000;
const hostile = '<img src=x onerror=document.title=1>';

/** The picture of the host, which nobody refreshes: what is done on it, by whomever, is seen. */
describe('the topology', { timeout: 4 * slow }, () => {
  const lab = useLab('default');
  let workbench: Workbench;
  let shell: Shell;

  beforeAll(async () => {
    await lab.ok('set-vfs', 'enp1s0', '3');
    shell = openShell(lab.variant);
    await shell.run(`ip netns add '${hostile}'`);
    const settings = { 'sriov.ssh.configFile': lab.sshConfig, 'sriov.host.default': 'sriov-lab' };
    workbench = await startWorkbench({ settings, viewport: { width: 1500, height: 850 } });
    await workbench.openSriovView();
    await workbench.row('Adapters', 'VF 0').waitFor({ timeout: slow });
    await workbench.runCommand('SR-IOV: Show Topology');
    await vf(0).waitFor({ timeout: slow });
  });
  afterAll(async () => {
    await workbench?.stop();
    await shell?.run(`ip netns del '${hostile}'`);
    await shell?.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  const page = () => workbench.webview;
  const node = (name: string | RegExp) => page().getByRole('button', { name });
  const vf = (index: number) => node(new RegExp(`^VF ${index} `));
  const fw = () => node(/^fw /);
  const said = (index: number) => vf(index).getAttribute('aria-description');
  const links = () => page().locator('.says').allTextContents();

  test('follows what is attached, detached and done by hand, without a refresh', async () => {
    await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1', '--address', '10.99.0.10/24', '--vlan', '42');
    await expect.poll(() => said(0), { timeout: slow }).toContain('attached to container fw as eth1');
    await expect
      .poll(links, { timeout: slow })
      .toContainEqual(expect.stringMatching(/^eth1 · (up|down) · VLAN 42$/));
    await page().locator('.tint text').getByText('VLAN 42').waitFor();
    const pid = await shell.run(`docker inspect -f '{{.State.Pid}}' router`);
    await shell.run(`ip link set enp1s0v1 netns ${pid} name byhand`);
    onTestFinished(async () => {
      await shell.run(`nsenter -t ${pid} -n ip link set byhand netns 1 name enp1s0v1`);
    });
    await expect.poll(() => said(1), { timeout: slow }).toContain('attached to container router as byhand');
    await lab.ok('detach', 'enp1s0:0');
    await expect.poll(() => said(0), { timeout: slow }).toContain('free');
    await expect.poll(links).not.toContainEqual(expect.stringContaining('eth1'));
  });

  test('shows a macvlan, and a container that starts again', async () => {
    await lab.ok(
      'attach',
      'enp1s0',
      'fw',
      '--mode',
      'macvlan',
      '--name',
      'mv0',
      '--address',
      '10.99.0.11/24',
    );
    await expect.poll(links, { timeout: slow }).toContainEqual(expect.stringMatching(/^mv0 · macvlan/));
    await shell.run('docker restart -t 0 fw');
    await expect.poll(links, { timeout: slow }).not.toContainEqual(expect.stringContaining('mv0'));
    await fw().waitFor();
  });

  test('selects in the trees what is selected in it, and the other way round; neither takes the keyboard', async () => {
    await vf(2).click();
    await expect
      .poll(() => workbench.row('Adapters', 'VF 2').getAttribute('aria-selected'), { timeout: slow })
      .toBe('true');
    expect(await vf(2).evaluate((element) => element === document.activeElement)).toBe(true);
    await workbench.row('Adapters', 'VF 1').click();
    await expect.poll(() => vf(1).getAttribute('aria-current')).toBe('true');
    expect(await workbench.focusedRow('Adapters').innerText()).toContain('VF 1');
  });

  test('a VF is dragged onto a container, which shows that it takes it', async () => {
    const { mouse } = workbench.page;
    const middle = async (one: ReturnType<typeof node>): Promise<[number, number]> => {
      await one.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await one.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      return [x + width / 2, y + height / 2];
    };
    const router = node(/^router /);
    await mouse.move(...(await middle(vf(2))));
    await mouse.down();
    await mouse.move(...(await middle(router)), { steps: 8 });
    await expect.poll(() => router.getAttribute('class')).toMatch(/\btarget\b/);
    await mouse.up();
    await workbench.quickBox.getByText('Attach VF 2 of enp1s0 to router').waitFor();
    await workbench.press('Escape');
    await workbench.moveMouseAway();
  });

  test('a name is text, whatever it says', async () => {
    await page().locator('.label').getByText('<img').waitFor();
    expect(await page().locator('img').count()).toBe(0);
    expect(
      await page()
        .locator('body')
        .evaluate(() => document.title),
    ).toBe('Topology of sriov-lab');
  });

  test('is walked and worked with the keyboard alone', async () => {
    const pointer = await countPointer(workbench);
    await node(/^enp1s0 /).focus();
    await workbench.press('ArrowRight');
    await expect.poll(focused).toMatch(/^VF \d /);
    await workbench.press('Home');
    await expect.poll(focused).toMatch(/^VF 0 /);
    await workbench.press('Enter');
    await workbench.page.getByRole('menuitem', { name: 'Attach to Container…' }).waitFor();
    await workbench.press('Escape');
    await vf(0).focus();
    await workbench.press('ArrowLeft');
    await expect.poll(focused).toMatch(/^enp1s0 /);
    expect(await pointer()).toBe(0);
  });

  test('can be used by everybody, in every theme', async () => {
    expect(await barriersInAllThemes(workbench, 'topology')).toEqual([]);
    await page().getByRole('button', { name: 'Table' }).click();
    await page().getByRole('row', { name: /VF 0/ }).waitFor();
    expect(await barriersInAllThemes(workbench)).toEqual([]);
    await page().getByRole('button', { name: 'Table' }).click();
  });

  test('is there again after a reload', async () => {
    const loaded = workbench.page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await loaded;
    await vf(2).waitFor({ timeout: slow });
  });

  const focused = () =>
    page()
      .locator('body')
      .evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
});
