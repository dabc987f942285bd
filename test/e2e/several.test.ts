import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { useLab } from '../lab/useLab';
import { Keyboard } from './keyboard';
import { startWorkbench, type Workbench } from './workbench';

/** The lab's host is emulated, and a busy machine makes it slower still. */
const slow = 90_000;

describe('several at once, and what is dragged', { timeout: 4 * slow }, () => {
  const lab = useLab('default');
  let workbench: Workbench;
  let keyboard: Keyboard;

  beforeAll(async () => {
    await lab.ok('set-vfs', 'enp1s0', '4');
    const settings = { 'sriov.ssh.configFile': lab.sshConfig, 'sriov.host.default': 'sriov-lab' };
    // Every row is to be in sight, as what is dragged must be.
    workbench = await startWorkbench({ settings, viewport: { width: 1280, height: 1100 } });
    keyboard = new Keyboard(workbench);
    await workbench.openSriovView();
    await vf(3).waitFor({ timeout: slow });
  });
  afterAll(async () => workbench?.stop());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  const vf = (index: number) => workbench.row('Adapters', `VF ${index}`);
  const container = (name: string) => workbench.row('Containers', name);
  const says = (index: number, text: string) =>
    expect.poll(() => vf(index).innerText(), { timeout: slow }).toContain(text);
  const statusBar = (text: RegExp) => workbench.page.locator('.statusbar').getByText(text);

  /** Where a row is taken hold of, once it rests there. */
  const grip = async (row: Locator): Promise<[number, number]> => {
    let before = '';
    const isAtRest = async () => {
      const last = before;
      before = JSON.stringify(await row.boundingBox());
      return before === last;
    };
    await expect.poll(isAtRest).toBe(true);
    const box = await row.boundingBox();
    if (!box) throw new Error('It is not in sight.');
    return [box.x + box.width / 3, box.y + box.height / 2];
  };

  /** As a hand does it: down, on the way, there until the row shows that it would be dropped on it, up; once more where that didn't hold it. */
  const drag = async (row: Locator, onto: Locator) => {
    const { mouse } = workbench.page;
    for (let tries = 0; tries < 3; tries += 1) {
      await mouse.move(...(await grip(row)));
      await mouse.down();
      const [x, y] = await grip(onto);
      await mouse.move(x, y - 4, { steps: 8 });
      const isMarked = await isTarget(onto, x, y);
      await mouse.up();
      await mouse.move(0, 0);
      if (isMarked) return;
    }
    throw new Error('It is not dragged.');
  };
  const isTarget = async (row: Locator, x: number, y: number) => {
    for (let turns = 0; turns < 20; turns += 1) {
      await workbench.page.mouse.move(x, y + (turns % 2));
      if (/drop-target/.test((await row.getAttribute('class')) ?? '')) return true;
      await workbench.page.waitForTimeout(100);
    }
    return false;
  };

  test('three selected VFs go to one container, named and numbered in one go, and come back by one button', async () => {
    await workbench.focusView('Adapters');
    await keyboard.goTo('Adapters', 'VF 0');
    await workbench.press('Enter', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await workbench.press('Control+Enter');
    await keyboard.pick('fw');
    await keyboard.answer(/Interface names such as/, 'eth{n}');
    await keyboard.answer(/a range or a network/, '10.99.0.10-10.99.0.20/24');
    await workbench.quickBox.getByText('VF 2 of enp1s0 → fw').waitFor();
    await workbench.shot('several-review');
    await keyboard.pick('Attach 3 VFs');
    await workbench.notification('3 VFs were attached.').waitFor({ timeout: slow });
    const enter = "nsenter -t $(docker inspect -f '{{.State.Pid}}' fw) -n";
    expect(await lab.sh(`${enter} ip -o -4 addr show scope global`)).toMatch(
      /eth0 .*10\.99\.0\.10\/24.*\n.*eth1 .*10\.99\.0\.11\/24.*\n.*eth2 .*10\.99\.0\.12\/24/,
    );
    await workbench.shot('several-attached');
    await workbench
      .notification('3 VFs were attached.')
      .getByRole('button', { name: 'Undo', exact: true })
      .click();
    await workbench.notification('3 VFs were detached.').waitFor({ timeout: slow });
    for (const index of [0, 1, 2]) await says(index, `enp1s0v${index} · free`);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('a VF that is dropped on a container that can’t take it: the status bar says why', async () => {
    await drag(vf(0), container('hostnet'));
    await statusBar(/hostnet uses the host's own network/).waitFor();
    await workbench.shot('drop-refused');
    expect(await workbench.notification(/./).count()).toBe(0);
  });

  test('a VF that is dropped on a container is attached to it, after the same questions', async () => {
    await drag(vf(0), container('fw'));
    await workbench.quickBox.getByText('Attach VF 0 of enp1s0 to fw').waitFor();
    // It had several before.
    await keyboard.pick('New Answers…');
    await keyboard.answer(/Interface name in fw/, 'eth1');
    await keyboard.answer(/Addresses with prefix length/, '');
    await keyboard.pick('Attach');
    await says(0, 'enp1s0v0 → fw:eth1');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('what a container has is moved by a drop on another one, and detached by a drop on its adapter', async () => {
    await drag(container('eth1'), container('router'));
    await workbench.quickBox.getByText('Move VF 0 of enp1s0 to router').waitFor();
    await workbench.press('Escape');
    await drag(container('eth1'), workbench.row('Adapters', 'enp1s0'));
    await workbench.dialog.getByText('Detach VF 0 of enp1s0 from fw?').waitFor();
    await workbench.answerDialog('Detach');
    await says(0, 'enp1s0v0 · free');
  });
});
