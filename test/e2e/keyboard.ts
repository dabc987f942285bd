import { expect } from 'vitest';
import type { Workbench } from './workbench';

/** A person without a mouse. Everything is typed, and every choice is seen to have the focus before Enter. */
export class Keyboard {
  constructor(private readonly workbench: Workbench) {}

  /**
   * Runs a command of the palette. Opened while extensions are still being loaded, it lists none of theirs until it is
   * opened again.
   */
  async command(title: string, tries = 3): Promise<void> {
    await this.workbench.openPalette();
    await this.workbench.page.keyboard.type(title);
    try {
      await this.choose(title);
    } catch (error) {
      if (tries === 1) throw error;
      await this.workbench.press('Escape');
      await this.command(title, tries - 1);
    }
  }

  /** Waits for a quick pick with the choice, which may come after another question, and types until it is the one that Enter takes. */
  async pick(label: string): Promise<void> {
    await this.workbench.quickBox.locator('[role=option] .label-name').getByText(label).first().waitFor();
    await this.workbench.page.keyboard.type(label);
    await this.choose(label);
  }

  /** Answers an input box; what is in it is selected, so that typing replaces it. */
  async answer(prompt: RegExp, text: string): Promise<void> {
    await this.workbench.quickBox.getByText(prompt).waitFor();
    if (text !== '') await this.workbench.page.keyboard.type(text);
    await this.workbench.press('Enter');
  }

  /** Goes down a tree until the row has the focus. */
  async goTo(treeName: string, label: string): Promise<void> {
    await this.workbench.press('Home');
    for (let presses = 0; presses < 40; presses += 1) {
      if (await this.workbench.focusedRow(treeName).getByText(label, { exact: true }).isVisible()) return;
      await this.workbench.press('ArrowDown');
    }
    throw new Error(`"${label}" is not in ${treeName}`);
  }

  /** Unfolds the row that has the focus, and waits for the rows below it; a tree that is being drawn may miss a key. */
  async unfold(treeName: string): Promise<void> {
    const isUnfolded = () => this.workbench.focusedRow(treeName).getAttribute('aria-expanded');
    await expect
      .poll(
        async () => {
          if ((await isUnfolded()) !== 'true') await this.workbench.press('ArrowRight');
          return isUnfolded();
        },
        { interval: 500, timeout: 10_000 },
      )
      .toBe('true');
    await this.workbench.tree(treeName).locator('[role=treeitem][aria-level="2"]').first().waitFor();
  }

  /** Opens the row's menu and goes down to the entry. */
  async menu(entry: string): Promise<void> {
    const { page } = this.workbench;
    await this.workbench.press('Shift+F10');
    const focused = page.locator('.monaco-menu .action-item.focused');
    for (let presses = 0; presses < 20; presses += 1) {
      await this.workbench.press('ArrowDown');
      if ((await focused.innerText()).includes(entry)) return this.workbench.press('Enter');
    }
    throw new Error(`"${entry}" is not in the menu`);
  }

  /** Answers a modal question by the button that has the focus, after seeing that it is the right one. */
  async confirm(button: string): Promise<void> {
    const focused = this.workbench.dialog.locator('.monaco-button:focus');
    await expect.poll(() => focused.innerText()).toBe(button);
    await this.workbench.press('Enter');
  }

  private async choose(label: string): Promise<void> {
    const focused = this.workbench.quickBox.locator('[role=option].focused .label-name').first();
    await expect.poll(() => focused.innerText(), { timeout: 10_000 }).toBe(label);
    await this.workbench.press('Enter');
  }
}

/** Counts what a mouse would do in the page from now on. */
export async function countPointer({ page }: Workbench): Promise<() => Promise<number>> {
  await page.evaluate(`
    window.pointerEvents = 0;
    for (const type of ['pointerdown', 'pointermove', 'wheel'])
      window.addEventListener(type, () => (window.pointerEvents += 1), { capture: true });
  `);
  return () => page.evaluate<number>('window.pointerEvents');
}
