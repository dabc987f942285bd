import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, env, l10n, UIKind, Uri, window, workspace } from 'vscode';
import type { PacketTarget } from '../workbench';

/** Asks for a file to capture to. Where it isn't on the machine that this runs on, it is written once all is there. */
export async function captureFile(title: string, name: string): Promise<PacketTarget | undefined> {
  const [folder] = workspace.workspaceFolders ?? [];
  const file = await window.showSaveDialog({
    title,
    filters: { [l10n.t('Capture Files')]: ['pcap'] },
    ...(folder
      ? { defaultUri: Uri.joinPath(folder.uri, name) }
      : { defaultUri: Uri.file(join(tmpdir(), name)) }),
  });
  if (!file) return undefined;
  const isHere = file.scheme === 'file';
  const dir = isHere ? undefined : await mkdtemp(join(tmpdir(), 'sriov-capture-'));
  const path = dir === undefined ? file.fsPath : join(dir, 'capture.pcap');
  const to = createWriteStream(path, { mode: 0o600 });
  await once(to, 'open');
  return {
    to,
    name: file.path,
    async finish() {
      if (!to.closed) {
        to.end();
        await once(to, 'close');
      }
      if (dir === undefined) return;
      await workspace.fs.copy(Uri.file(path), file, { overwrite: true });
      await rm(dir, { recursive: true, force: true });
    },
    shows: showing(file),
  };
}

/** What can be done with it where the window is. */
function showing(file: Uri): PacketTarget['shows'] {
  const open = async () => void (await commands.executeCommand('vscode.open', file));
  const copy = async () => env.clipboard.writeText(file.fsPath);
  const isOnDesktop = env.uiKind === UIKind.Desktop && env.remoteName === undefined;
  if (isOnDesktop)
    return {
      [l10n.t('Open')]: async () => void (await env.openExternal(file)),
      [l10n.t('Show in Folder')]: async () => void (await commands.executeCommand('revealFileInOS', file)),
    };
  const isInFolder = workspace.getWorkspaceFolder(file) !== undefined;
  return {
    [l10n.t('Open')]: open,
    ...(isInFolder ? { [l10n.t('Download…')]: () => download(file) } : { [l10n.t('Copy Path')]: copy }),
  };
}

/** The Explorer can, for what is selected in it. */
async function download(file: Uri): Promise<void> {
  await commands.executeCommand('revealInExplorer', file);
  await commands.executeCommand('explorer.download');
}
