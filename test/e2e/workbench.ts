import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { inject } from 'vitest';
import { startBrowser } from '../vscode-host/browser.mjs';
import { createRunFolder } from '../vscode-host/run-folder.mjs';
import { installExtensions, startServer } from '../vscode-host/server.mjs';
import { seedSettings } from '../vscode-host/settings.mjs';
import { workbenchUrl } from '../vscode-host/workbench-page.mjs';
import { type ColorTheme, colorThemes } from './colorThemes';

interface Options {
  /** The packaged extension: this checkout's, unless another is given. */
  vsix?: string;
  settings?: Record<string, unknown>;
  colorTheme?: ColorTheme;
  /** The folder to open. */
  folder?: string;
  viewport?: { width: number; height: number };
}

/** Starts a VS Code with the extension installed. What is in it reaches no other machine, but for what the extension starts. */
export async function startWorkbench(options: Options = {}): Promise<Workbench> {
  const { vsix = inject('vsix'), settings = {}, colorTheme = 'dark', folder, viewport } = options;
  const run = createRunFolder();
  const undo: (() => unknown)[] = [run.remove];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    seedSettings(run.userDataDir, {
      ...settings,
      'workbench.colorTheme': colorThemes[colorTheme].id,
      // A row that sticks to the top of its view is there twice.
      'workbench.tree.enableStickyScroll': false,
    });
    await installExtensions(run, [vsix]);
    const server = await startServer(run);
    undo.push(server.stop);
    const { page, close } = await startBrowser(run, viewport);
    undo.push(close);
    const url = workbenchUrl(server, { folder });
    await page.goto(url);
    const workbench = new Workbench(page, url, colorTheme, stop);
    await workbench.hasColorTheme(colorTheme);
    return workbench;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** VS Code as its users see it. Things are found by what is written on them, and acted on as a person would. */
export class Workbench {
  constructor(
    readonly page: Page,
    readonly url: string,
    private colorTheme: ColorTheme,
    readonly stop: () => Promise<void>,
  ) {}

  async openSriovView(): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: /^SR-IOV/ });
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.moveMouseAway();
  }

  /** @param name the view's, which may go on, as in "Adapters: 2" */
  tree(name: string): Locator {
    return this.page.getByRole('tree', { name });
  }

  /** @param label all that is visible of it. A row that is scrolled out of sight isn't there. */
  row(treeName: string, label: string): Locator {
    return this.labelled(this.tree(treeName).getByRole('treeitem'), label);
  }

  /** The row that the keyboard acts on. */
  focusedRow(treeName: string): Locator {
    return this.tree(treeName).locator('[role=treeitem].focused');
  }

  /** Presses a button that a row shows while the pointer is on it. */
  async inlineAction(row: Locator, actionLabel: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: actionLabel }).click();
  }

  async contextAction(row: Locator, actionLabel: string): Promise<void> {
    await row.click({ button: 'right' });
    const entry = this.page.getByRole('menuitem', { name: actionLabel });
    // A menu may take no click that comes as soon as it is there.
    for (const timeout of [1000, 5000]) {
      await entry.click();
      if (await entry.waitFor({ state: 'hidden', timeout }).then(yes, no)) return;
    }
    throw new Error(`“${actionLabel}” was pressed, and the menu is still open`);
  }

  /** As a person does: once more where nothing came, since a key is lost while the keyboard is on its way from one part to another. */
  async openPalette(): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      await this.press('F1');
      if (await this.quickInput.waitFor({ timeout: 5000 }).then(yes, no)) return;
    }
    throw new Error('F1 doesn’t open the palette.');
  }

  /** @param title all of it, as in "SR-IOV: Connect to Host…" */
  async runCommand(title: string): Promise<void> {
    await this.openPalette();
    await this.quickInput.fill(`>${title}`);
    await this.pickQuick(title);
  }

  /** What the palette, quick picks and input boxes have in common: title, message, and the rows to choose from. */
  get quickBox(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  get quickInput(): Locator {
    return this.quickBox.locator('.quick-input-box input');
  }

  /** Chooses from a row's menu, which takes no click in the moment in which it opens. */
  async fromMenu(row: Locator, entry: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.getByRole('menuitem', { name: entry });
    await item.hover();
    await this.page.waitForTimeout(500);
    await item.click();
  }

  /** Chooses a row of a quick pick, or ticks it where several can be chosen. */
  async pickQuick(label: string): Promise<void> {
    const option = this.labelled(this.quickBox.getByRole('option'), label).first();
    await option.click();
    const isTicked = await option.getByRole('checkbox').isVisible();
    // A list may take no click that comes as soon as it is there.
    if (!isTicked && !(await option.waitFor({ state: 'hidden', timeout: 2000 }).then(yes, no)))
      await option.click({ timeout: 2000 }).catch(no);
    await this.moveMouseAway();
  }

  async typeInput(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.press('Enter');
  }

  /** The modal question. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async answerDialog(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** The document of the webview that is on top. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** Presses keys one after the other, as in `press('ArrowDown', 'Shift+F10')`. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Gives a view the keyboard without using the mouse. */
  async focusView(name: string): Promise<void> {
    const title = `SR-IOV: Focus on ${name} View`;
    await this.openPalette();
    await this.quickInput.fill(`>${title}`);
    await this.labelled(this.quickBox.locator('[role=option].focused'), title).waitFor();
    await this.press('Enter');
    await this.tree(name).and(this.page.locator(':focus')).waitFor();
  }

  async useColorTheme(colorTheme: ColorTheme): Promise<void> {
    if (colorTheme === this.colorTheme) return;
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.fill(colorThemes[colorTheme].label);
    await this.pickQuick(colorThemes[colorTheme].label);
    this.colorTheme = colorTheme;
    await this.hasColorTheme(colorTheme);
  }

  async hasColorTheme(colorTheme: ColorTheme): Promise<void> {
    await this.page.locator(`.monaco-workbench.${colorThemes[colorTheme].workbench}`).waitFor();
  }

  /** Takes a picture: test-output/screenshots/NAME.THEME.png */
  async shot(name: string): Promise<void> {
    await this.page.screenshot({ path: join('test-output/screenshots', `${name}.${this.colorTheme}.png`) });
  }

  /** Takes a picture in every theme. The palette must be free: not while a quick pick or a question is open. */
  async shotInAllThemes(name: string): Promise<void> {
    await this.inAllThemes(() => this.shot(name));
  }

  /** Does something in every theme, while the palette is free. */
  async inAllThemes(act: (colorTheme: ColorTheme) => Promise<void>): Promise<void> {
    const before = this.colorTheme;
    for (const colorTheme of Object.keys(colorThemes) as ColorTheme[]) {
      await this.useColorTheme(colorTheme);
      await act(colorTheme);
    }
    await this.useColorTheme(before);
  }

  /** Or the tooltip of what it rests on is in every picture. */
  async moveMouseAway(): Promise<void> {
    await this.page.mouse.move(0, 0);
  }

  private labelled(rows: Locator, label: string): Locator {
    return rows.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) });
  }
}

const yes = () => true;
const no = () => false;
