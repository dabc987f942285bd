import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Panels } from '../../src/ui/pages/panels';
import type { Page } from '../../src/ui/pages/page';
import { tag } from '../../src/ui/pages/html';
import { Signal } from '../../src/ui/signal';
import { tabs, until } from './tabs';

/** A page that counts how often it is drawn. */
class Counted implements Page {
  readonly view = 'sriov.plan';
  readonly changed = new Signal();
  drawn = 0;
  isDisposed = false;
  readonly pressed: string[] = [];
  constructor(readonly name: string) {}
  main() {
    this.drawn += 1;
    return [tag('h1', {}, `drawn ${this.drawn} times`)];
  }
  press(press: string) {
    this.pressed.push(press);
    return Promise.resolve();
  }
  dispose() {
    this.isDisposed = true;
  }
}

describe('a page', () => {
  const extension = vscode.extensions.getExtension('sriov-workbench.vscode-sriov');
  let panels: Panels;
  before(() => {
    assert.ok(extension);
    panels = new Panels(extension.extensionUri);
  });
  after(() => panels.dispose());

  it('is drawn again once its script runs under its policy, and ends with its tab', async () => {
    const page = new Counted('Plan: A');
    panels.show(page);
    assert.equal(page.drawn, 1);
    await until('the script says that the page was loaded', () => page.drawn >= 2);
    await until('its tab is there', () => tabs().length === 1);
    assert.equal(tabs()[0]?.label, 'Plan: A');
    const drawn = page.drawn;
    page.changed.fire();
    assert.equal(page.drawn, drawn + 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the tab is closed', () => page.isDisposed && tabs().length === 0);
    const last = page.drawn;
    page.changed.fire();
    assert.equal(page.drawn, last);
  });

  it('that comes into sight again is what it is by now', async () => {
    const [first, second] = [new Counted('Plan: A'), new Counted('Plan: B')];
    panels.show(first);
    await until('the first is loaded', () => first.drawn >= 2);
    panels.show(second);
    await until('the second is loaded', () => second.drawn >= 2);
    const drawn = first.drawn;
    await vscode.commands.executeCommand('workbench.action.previousEditor');
    await until('the first is loaded anew', () => first.drawn > drawn);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('takes the place of one of the same name', async () => {
    const [first, second] = [new Counted('Plan: A'), new Counted('Plan: A')];
    panels.show(first);
    await until('the first is loaded', () => first.drawn >= 2);
    panels.show(second);
    await until('the second is loaded', () => second.drawn >= 2);
    assert.deepEqual([first.isDisposed, second.isDisposed, tabs().length], [true, false, 1]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('of a plan is applied only where there is one', async () => {
    const page = new Counted('Plan: A');
    panels.show(page);
    assert.equal(await panels.apply('Plan: A'), false);
    assert.equal(await panels.apply('Plan: none'), false);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
