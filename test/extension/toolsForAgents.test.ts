import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  contributes: { languageModelTools: { name: string }[] };
}

describe('the tools for agents', () => {
  const settings = () => vscode.workspace.getConfiguration('chat');
  const extension = vscode.extensions.getExtension('sriov-workbench.vscode-sriov');
  const names = (extension?.packageJSON as Manifest).contributes.languageModelTools.map(({ name }) => name);
  const offered = () => vscode.lm.tools.map(({ name }) => name).filter((name) => names.includes(name));

  before(async () => {
    await extension?.activate();
    await settings().update('disableAIFeatures', false, vscode.ConfigurationTarget.Global);
  });
  after(() => settings().update('disableAIFeatures', true, vscode.ConfigurationTarget.Global));

  it('are those of the manifest', async () => {
    await until(() => offered().length === names.length);
    assert.deepEqual(offered().sort(), [...names].sort());
  });

  it('answer: a log is explained without a host, and nothing connects to one', async () => {
    await vscode.commands.executeCommand('sriov.host.disconnect');
    const text = 'igb 0000:01:00.0: not enough MMIO resources for SR-IOV';
    assert.match(await said('sriov_explain_log', { text }), /resources\.mmio/);
    assert.match(await said('sriov_list_functions', {}), /No host is connected yet/);
    assert.match(await said('sriov_plan_change', { change: 'undo' }), /No host is connected yet/);
  });

  it('list what this machine has, once the person is connected to it', async function () {
    if (process.platform !== 'linux') return this.skip();
    await vscode.commands.executeCommand('sriov.host.connect', { host: 'local' });
    const host = JSON.parse(await said('sriov_list_functions', {})) as { host: string; adapters: object[] };
    assert.equal(host.host, 'local');
    assert.ok(Array.isArray(host.adapters));
    assert.match(
      await said('sriov_plan_change', { change: 'set-vfs', pf: 'no-such-pf', count: 1 }),
      /no-such-pf/,
    );
  });
});

async function said(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 100; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
}
