import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A document that has the path of a file, and isn't that file: nothing of this machine is touched. */
const open = async (path: string, content: string): Promise<vscode.TextDocument> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path }));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), content);
  await vscode.workspace.applyEdit(edit);
  return document;
};

/** What helps is loaded with the first file. */
async function diagnosticsOf({ uri }: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
  const end = Date.now() + 10_000;
  while (vscode.languages.getDiagnostics(uri).length === 0 && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return vscode.languages.getDiagnostics(uri);
}

describe('a boot loader’s file', () => {
  before(() => vscode.extensions.getExtension('sriov-workbench.vscode-sriov')?.activate());
  after(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('has its misspelt argument marked, and a quick fix puts it right', async () => {
    const document = await open('/etc/default/grub', 'GRUB_CMDLINE_LINUX="quiet intel_iommu=1"\n');
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'sriov-boot-assignments');
    const [diagnostic, ...others] = await diagnosticsOf(document);
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.source, 'sriov');
    assert.equal(diagnostic.code, 'boot.misspelt');
    assert.equal(document.getText(diagnostic.range), 'intel_iommu=1');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
    );
    const fix = actions.find(({ title }) => title === 'Replace with intel_iommu=on');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), 'GRUB_CMDLINE_LINUX="quiet intel_iommu=on"\n');
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it('is only the one at its place', async () => {
    const document = await open('/home/me/grub', 'GRUB_CMDLINE_LINUX="intel_iommu=1\n');
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
    await vscode.window.showTextDocument(document);
  });
});

describe('a log that someone sent', () => {
  it('is judged without a host, and the report opens', async () => {
    await vscode.commands.executeCommand('sriov.readiness.diagnoseText', {
      text: "igb 0000:05:00.0: can't enable 2 VFs (bus 06 out of range of [bus 05])",
    });
    const shown = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    const end = Date.now() + 10_000;
    while (!shown().some((label) => label.includes('Readiness of the text')) && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.match(shown().join(), /Readiness of the text/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
