import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { replayed } from '../../scripts/start/lab.mjs';
import { barriersInAllThemes } from './accessibility';
import { startWorkbench, type Workbench } from './workbench';

const slow = 90_000;

/** The page of a plan for a recorded host: all but the change itself, which such a host refuses. */
describe('the page of a plan', { timeout: 2 * slow }, () => {
  let workbench: Workbench;
  beforeAll(async () => {
    const { settings } = await replayed('bcm57414');
    workbench = await startWorkbench({ settings });
    await workbench.openSriovView();
  });
  afterAll(async () => workbench?.stop());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  const page = () => workbench.webview;

  test('opens from the palette, and is a document with landmarks, headings and a table', async () => {
    await workbench.tree('Adapters').getByRole('treeitem').first().waitFor({ timeout: slow });
    await workbench.runCommand('SR-IOV: Show Plan…');
    await workbench.pickQuick('Set Number of VFs');
    await workbench.pickQuick('ens1f0np0');
    await workbench.quickBox.getByText('Set Number of VFs of ens1f0np0').waitFor();
    await workbench.typeInput('2');
    await page().getByRole('main').waitFor({ timeout: slow });
    await page().getByRole('heading', { level: 1 }).waitFor();
    for (const name of ['No.', 'Step', 'Command', 'Undo'])
      await page().getByRole('columnheader', { name, exact: true }).waitFor();
    await page().getByText('sriov_numvfs').first().waitFor();
    await workbench.shotInAllThemes('plan-page');
  });

  test('has no serious violation of accessibility, in any theme, folded and unfolded', async () => {
    const unfold = async (open: boolean) => {
      for (const one of await page().locator('summary').all())
        if (((await one.locator('xpath=..').getAttribute('open')) !== null) !== open) await one.click();
    };
    await unfold(true);
    expect(await barriersInAllThemes(workbench)).toEqual([]);
    await unfold(false);
  });

  test('is worked by keys: what is folded unfolds, and the script is copied', async () => {
    const program = page().getByText('The program that the host runs');
    await program.focus();
    await workbench.press('Enter');
    await page().locator('#program pre').waitFor();
    await page().getByRole('button', { name: 'Copy as Shell Script' }).focus();
    await workbench.press('Enter');
    await workbench.page.getByText('Shell script copied.').waitFor();
    expect(await workbench.page.evaluate<string>('navigator.clipboard.readText()')).toContain('#!/bin/sh');
  });

  test('stays usable beside something else and enlarged', async () => {
    await workbench.page.setViewportSize({ width: 640, height: 450 });
    const wide = await page()
      .locator('html')
      .evaluate<boolean, HTMLElementLike>((root) => root.scrollWidth > root.clientWidth);
    expect(wide).toBe(false);
    await workbench.shot('plan-page-enlarged');
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
  });

  test('doesn’t pass a refusal over', async () => {
    await page().getByRole('button', { name: 'Apply' }).click();
    await workbench.notification(/read-only/).waitFor({ timeout: slow });
    await workbench.shot('plan-page-refused');
  });

  test('is gone after a reload, and the window is as it should be', async () => {
    await workbench.page.reload();
    await workbench.tree('Adapters').getByRole('treeitem').first().waitFor({ timeout: slow });
    expect(await workbench.page.getByRole('tab', { name: /^Plan:/ }).count()).toBe(0);
  });
});

interface HTMLElementLike {
  scrollWidth: number;
  clientWidth: number;
}
