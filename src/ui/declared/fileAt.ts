import { homedir } from 'node:os';
import { Uri, workspace } from 'vscode';

/** The file of a path in the settings: absolute, in the person's own folder, or in the first folder of the window. */
export function fileAt(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  if (path.startsWith('~/')) return Uri.joinPath(Uri.file(homedir()), path.slice(2));
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:)/.test(path);
  return isAbsolute || !folder ? Uri.file(path) : Uri.joinPath(folder.uri, path);
}
