import assert from 'node:assert/strict';
import { basename } from 'node:path';
import * as vscode from 'vscode';

// The first of these files, so nothing but VS Code itself has used the extension before.
describe('activation', () => {
  it('loads only what every session needs; the rest when it is asked for', async () => {
    await vscode.extensions.getExtension('sriov-workbench.vscode-sriov')?.activate();
    assert.ok(Object.keys(require.cache).some((file) => basename(file) === 'extension.js'));
    assert.deepEqual(loadedLater(), []);
    await vscode.commands.executeCommand('sriov.readiness.diagnoseText', { text: 'igb: not enough MMIO' });
    assert.deepEqual(loadedLater().sort(), ['later', 'readiness']);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

const loadedLater = (): string[] =>
  Object.keys(require.cache).flatMap(
    (file) => /^(readiness|changing|execa|later)-\w+\.js$/.exec(basename(file))?.[1] ?? [],
  );
