import { hostname } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { barriersInAllThemes } from './accessibility';
import { startWorkbench, type Workbench } from './workbench';

const slow = 90_000;

/** This machine's own readiness, whatever it is, and someone else's log: no lab is needed. */
describe('readiness', { timeout: 2 * slow }, () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await startWorkbench();
    await workbench.openSriovView();
    await workbench.page.locator('.pane-header').getByText(hostname()).waitFor({ timeout: slow });
  });
  afterAll(async () => workbench?.stop());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  test('the connect box says what is wrong with a text, in its own row', async () => {
    await workbench.runCommand('SR-IOV: Connect to Host…');
    for (const [text, why] of [
      ['user@', 'The host after "user@" is missing.'],
      ['host:99999', '"99999" is not a port, which is a number from 1 to 65535.'],
      ['a b', "A host can't contain spaces."],
    ] as const) {
      await workbench.quickInput.fill(text);
      await workbench.quickBox.getByRole('option').filter({ hasText: why }).waitFor();
    }
    await workbench.shot('connect-box-says-why');
    await workbench.press('Escape');
  });

  test('while the checks run, they can be cancelled', async () => {
    await workbench.runCommand('SR-IOV: Run Readiness Checks');
    const checking = workbench.page.getByText('Checking this host…');
    await checking.waitFor({ timeout: slow });
    await workbench.shot('readiness-under-way');
    await workbench.tree('Host Readiness').getByRole('treeitem').first().waitFor({ timeout: slow });
    await checking.waitFor({ state: 'hidden' });
    await workbench.page
      .locator('.pane-body')
      .getByText(/\d (failed|passed|notes?|warnings?)/)
      .first()
      .waitFor();
  });

  test('a check is a page, which follows when it is run again', async () => {
    await workbench.tree('Host Readiness').getByRole('treeitem', { level: 2 }).first().click();
    await workbench.webview.getByText('What It Means').waitFor({ timeout: slow });
    await workbench.shot('check-page');
    expect(await barriersInAllThemes(workbench)).toEqual([]);
    await workbench.webview.getByRole('button', { name: 'Run Again' }).click();
    await workbench.webview.getByText(/^Checking .*…$/).waitFor({ timeout: slow });
    await workbench.webview.getByText(/^Result: /).waitFor({ timeout: slow });
    await workbench.runCommand('View: Close All Editors');
  });

  test('the walkthrough opens by its command, with what was done already done', async () => {
    await workbench.runCommand('SR-IOV: Open Walkthrough');
    const steps = workbench.page.locator('.getting-started-step');
    const done = (title: string) =>
      steps.filter({ hasText: title }).locator('.codicon-getting-started-step-checked');
    for (const title of ['Connect to a Host', 'Check Whether It Is Ready'])
      await done(title).first().waitFor();
    expect(await steps.count()).toBe(7);
    expect(await done('Attach One to a Container').first().isVisible()).toBe(false);
    await workbench.shotInAllThemes('walkthrough');
    await workbench.runCommand('View: Close All Editors');
  });

  test('a pasted log becomes a report; a finding is copied by a key, and nothing opens', async () => {
    await workbench.runCommand('SR-IOV: Diagnose Pasted Log…');
    await workbench.pickQuick('Paste into an Empty Editor');
    await workbench.notification('Paste the log into the editor').waitFor();
    await workbench.page.locator('.editor-instance .monaco-editor').first().click();
    await workbench.page.keyboard.insertText(
      "[ 1.0] igb 0000:05:00.0: can't enable 2 VFs (bus 06 out of range of [bus 05])\n",
    );
    await workbench.notification('Paste the log').getByRole('button', { name: 'Diagnose' }).click();
    await workbench.webview.getByText('cause: bus-out-of-range').waitFor({ timeout: slow });

    await workbench.runCommand('SR-IOV: Run Readiness Checks');
    const tree = workbench.tree('Host Readiness');
    // The rows of the last run stay until this one ends; the view's header says that it is under way.
    const checking = workbench.page.locator('.pane-header').getByText('checking…');
    await checking.waitFor({ timeout: slow });
    await checking.waitFor({ state: 'hidden', timeout: slow });
    await tree.getByRole('treeitem').nth(1).waitFor({ timeout: slow });
    await workbench.shot('readiness-and-pasted-log');
    await workbench.focusView('Host Readiness');
    await workbench.press('Home', 'ArrowRight', 'ArrowDown');
    const tabs = workbench.page.locator('.tabs-container .tab');
    const before = await tabs.count();
    const label = await workbench.focusedRow('Host Readiness').locator('.label-name').innerText();
    await workbench.press('Control+c');
    await workbench.page.getByText('Result copied.').waitFor();
    expect(await workbench.page.evaluate<string>('navigator.clipboard.readText()')).toContain(label);
    expect(await tabs.count()).toBe(before);
  });

  test('this machine’s history, of whatever there is, has no serious violation of accessibility in any theme', async () => {
    await workbench.runCommand('SR-IOV: Show Change History');
    await workbench.webview.getByRole('searchbox').waitFor({ timeout: slow });
    expect(await barriersInAllThemes(workbench)).toEqual([]);
  });
});
