import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { useLab } from '../lab/useLab';
import { barriersInAllThemes } from './accessibility';
import { counters } from './counters';
import { startWorkbench, type Workbench } from './workbench';

/** The lab's host is emulated, and a busy machine makes it slower still. */
const slow = 90_000;

/** A change that is made from the page of its plan, taken back there, and found in the history. */
describe('a change and its history', { timeout: 4 * slow }, () => {
  const lab = useLab('default');
  let workbench: Workbench;

  beforeAll(async () => {
    await lab.ok('set-vfs', 'enp1s0', '2');
    await lab.ok('attach', 'enp1s0:0', 'fw', '--name', 'eth1', '--address', '10.99.0.10/24');
    const settings = { 'sriov.ssh.configFile': lab.sshConfig, 'sriov.host.default': 'sriov-lab' };
    workbench = await startWorkbench({ settings });
    await workbench.openSriovView();
    await vf0().waitFor({ timeout: slow });
  });
  afterAll(async () => workbench?.stop());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  const vf0 = () => workbench.row('Adapters', 'VF 0');
  const text = () => vf0().innerText();

  test('the page of its plan makes it, shows how each step went, and takes it back', async () => {
    await vf0().click();
    await workbench.runCommand('SR-IOV: Show Plan…');
    const plan = workbench.webview;
    await plan.getByRole('heading', { name: 'Detach VF 0 of enp1s0 from fw' }).waitFor({ timeout: slow });
    await plan.getByRole('button', { name: 'Apply' }).click();
    await workbench.answerDialog('Detach');
    await plan.getByText('is back on the host as enp1s0v0').waitFor({ timeout: slow });
    await expect.poll(text, { timeout: slow }).toContain('enp1s0v0 · free');
    const states = await plan.locator('.state .word').allInnerTexts();
    expect(states.length).toBeGreaterThan(1);
    expect(new Set(states)).toEqual(new Set(['done']));
    await workbench.shotInAllThemes('plan-applied');
    await plan.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(text, { timeout: slow }).toContain('enp1s0v0 → fw:eth1');
    await plan.getByText('It was undone.').waitFor({ timeout: slow });
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('View: Close All Editors');
  });

  test('the history lists it, newest first, and says why it can’t be undone again', async () => {
    await workbench.runCommand('SR-IOV: Show Change History');
    const history = workbench.webview;
    const changes = history.getByRole('listitem').filter({ has: history.getByRole('heading') });
    await changes.first().getByText('Undo: Detach VF 0 of enp1s0 from fw').waitFor({ timeout: slow });
    await changes.nth(1).getByText('It was undone.').waitFor();
    await history.getByRole('searchbox').fill('no such thing');
    await history.getByText('No change matches.').waitFor();
    await history.getByRole('searchbox').fill('enp1s0 fw');
    await changes.nth(1).getByText('Steps').click();
    await changes.nth(1).locator('.steps .word').first().waitFor();
    expect(await barriersInAllThemes(workbench, 'history')).toEqual([]);
    await workbench.runCommand('View: Close All Editors');
  });

  test('the notification undoes a change, too', async () => {
    await workbench.inlineAction(vf0(), 'Detach');
    await workbench.answerDialog('Detach');
    const told = workbench.notification('VF 0 of enp1s0 is back on the host as enp1s0v0.');
    await told.waitFor({ timeout: slow });
    await workbench.shot('undo-offered');
    await told.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(text, { timeout: slow }).toContain('enp1s0v0 → fw:eth1');
  });

  counters(lab, () => workbench);
});
