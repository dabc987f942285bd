import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { tabs, until } from './tabs';

/** Commands that do nothing but say what is missing when no host is connected. */
const needHost = [
  'sriov.host.refresh',
  'sriov.pf.setVfCount',
  'sriov.pf.removeVfs',
  'sriov.vf.attach',
  'sriov.container.attachVf',
  'sriov.function.attach',
  'sriov.container.openShell',
  'sriov.container.openTerminal',
  'sriov.container.ping',
  'sriov.container.copyEnterCommand',
  'sriov.container.copyInspectCommand',
  'sriov.vf.move',
  'sriov.vf.detach',
  'sriov.changes.showPlan',
  'sriov.changes.applyPlan',
  'sriov.changes.recover',
  'sriov.changes.showHistory',
  'sriov.readiness.run',
  'sriov.readiness.showFix',
  'sriov.readiness.showReport',
  'sriov.readiness.exportReport',
  'sriov.readiness.choosePurpose',
  'sriov.readiness.collectEvidence',
  'sriov.function.copyPciAddress',
  'sriov.item.inspectJson',
];

describe('a host', () => {
  before(() => vscode.extensions.getExtension('sriov-workbench.vscode-sriov')?.activate());

  it('isn’t needed to call any command: each says what is missing, and ends', async () => {
    await vscode.commands.executeCommand('sriov.host.disconnect');
    for (const command of needHost) await vscode.commands.executeCommand(command);
  });

  it('that can’t be reached is reported, and nothing is thrown', async () => {
    const settings = vscode.workspace.getConfiguration('sriov');
    await settings.update('ssh.path', '/nonexistent/ssh', vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand('sriov.pf.setVfCount', { host: 'nowhere.invalid', pf: 'enp1s0' });
      await vscode.commands.executeCommand('sriov.host.disconnect');
    } finally {
      await settings.update('ssh.path', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is this machine, where that runs Linux; its history opens as a page', async function () {
    await vscode.commands.executeCommand('sriov.host.connect', { host: 'local' });
    await vscode.commands.executeCommand('sriov.changes.showHistory');
    if (process.platform !== 'linux') return assert.deepEqual(tabs(), []);
    await until('its tab is there', () => tabs().length === 1);
    const [page] = tabs();
    assert.match(page?.view ?? '', /sriov\.history$/);
    assert.match(page?.label ?? '', /^Changes of ./);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('that has no such function refuses by name', async () => {
    await vscode.commands.executeCommand('sriov.pf.setVfCount', {
      host: 'local',
      pf: 'no-such-pf',
      count: 1,
    });
    await vscode.commands.executeCommand('sriov.vf.detach', { host: 'local', vf: 'no-such-vf' });
  });
});

describe('a document of ours', () => {
  for (const scheme of ['sriov-plan', 'sriov-inspect', 'sriov-report'])
    it(`${scheme}: from before a reload says so instead of failing`, async () => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(`${scheme}:/old`));
      assert.match(document.getText(), /earlier session/);
    });
});

describe('the settings', () => {
  it('that name a program, a host or a file belong to the user alone', () => {
    const settings = vscode.workspace.getConfiguration('sriov');
    for (const name of ['ssh.path', 'ssh.configFile', 'host.default'])
      assert.equal(settings.inspect(name)?.defaultValue, '', name);
    return assert.rejects(
      async () => settings.update('ssh.path', '/tmp/evil', vscode.ConfigurationTarget.Workspace),
      /application|User/i,
    );
  });
});
