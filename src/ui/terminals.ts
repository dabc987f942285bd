import { homedir } from 'node:os';
import { ThemeIcon, Uri, window } from 'vscode';
import { oneLine } from './hostText';
import type { Terminal } from './workbench';

/** A terminal of the machine that the extension runs on, which the folder says; a reload of the window doesn't start it again. */
export function openTerminal({ name, icon, argv: [shellPath, ...shellArgs] }: Terminal): void {
  window
    .createTerminal({
      ...{ name: oneLine(name), iconPath: new ThemeIcon(icon) },
      ...{ shellPath, shellArgs, cwd: Uri.file(homedir()), isTransient: true },
    })
    .show();
}
