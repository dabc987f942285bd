import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '../../lab/tools.mjs';

/** Whether `code` would open a window here: not without a display, nor as the remote CLI in a VS Code terminal. */
export function hasDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY, VSCODE_IPC_HOOK_CLI } = process.env;
  const display = process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY;
  return Boolean(display && !VSCODE_IPC_HOOK_CLI && onPath('code'));
}

/**
 * Opens a window of the desktop VS Code that shares nothing with the user's own.
 *
 * @param {import('../../test/vscode-host/run-folder.mjs').RunFolder} folder
 * @param {string[]} extensions folders
 */
export function openDesktop({ userDataDir, extensionsDir }, extensions) {
  const child = spawn(
    'code',
    [
      '--new-window',
      '--wait',
      '--disable-workspace-trust',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${userDataDir}`,
      `--extensions-dir=${extensionsDir}`,
      ...extensions.map((path) => `--extensionDevelopmentPath=${path}`),
    ],
    { stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  return {
    ended: exited,
    stop: async () => {
      if (child.exitCode === null) closeWindow(userDataDir);
      await exited;
    },
    hint: 'A VS Code window opens. Closing it, or Ctrl-C here, ends everything.',
  };
}

/**
 * `code` hands over to a process that isn't its child, which leaves its id in its user data.
 *
 * @param {string} userDataDir
 */
function closeWindow(userDataDir) {
  try {
    process.kill(Number(readFileSync(join(userDataDir, 'code.lock'), 'utf8')));
  } catch {
    // It is just closing.
  }
}
