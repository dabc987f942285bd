import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';

describe('a shell in a network namespace', () => {
  const name = `sriov-test-${process.pid}`;
  const ip = (...words: string[]) => execFileSync('ip', words, { encoding: 'utf8', stdio: 'pipe' });

  before(function () {
    try {
      ip('netns', 'add', name);
    } catch {
      // Only root makes one.
      this.skip();
    }
  });
  after(() => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    if (ip('netns', 'list').includes(name)) ip('netns', 'del', name);
  });

  it('is a terminal whose shell is in it', async () => {
    await vscode.commands.executeCommand('sriov.host.connect', { host: 'local' });
    await vscode.commands.executeCommand('sriov.container.openShell', { host: 'local', container: name });
    assert.deepEqual(
      vscode.window.terminals.map((terminal) => terminal.name),
      [`${name}: network`],
    );
    let inside = '';
    for (let tries = 0; inside === '' && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      inside = ip('netns', 'pids', name).trim();
    }
    assert.match(inside, /^\d/);
  });
});
