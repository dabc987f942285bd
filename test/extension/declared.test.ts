import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Waits for what comes when it has been loaded. */
async function until<T>(look: () => T | Thenable<T>, isThere: (found: T) => boolean): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (isThere(found) || Date.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('a file that declares a host', () => {
  before(() => vscode.extensions.getExtension('sriov-workbench.vscode-sriov')?.activate());
  after(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('is YAML, is marked where it is wrong, and says above what stands in the way', async () => {
    const uri = vscode.Uri.from({ scheme: 'untitled', path: '/nowhere/edge.sriov.yaml' });
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'version: 1\nadaptors: []\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'yaml');
    const ours = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'sriov');
    // It was empty at first.
    const [mark] = await until(ours, ([first]) => first?.message === '"adaptors" is not a key here.');
    assert.equal(mark?.message, '"adaptors" is not a key here.');
    assert.equal(document.getText(mark.range), 'adaptors:');
    const lenses = await until(
      () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri),
      (all) => all.length > 0,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['1 problem'],
    );
  });
});
