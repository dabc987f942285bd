import { workspace, type Disposable, type TextDocument } from 'vscode';
import { bootFile } from '../../boot/files';
import { isDeclaredFile } from '../declared/isDeclaredFile';
import type { Workbench } from '../workbench';

/** Help with a kind of files. It is loaded with the first of them, and finds those that are open by itself. */
interface Help {
  isFor(path: string): boolean;
  load(workbench: Workbench): Promise<Disposable>;
}

const helps: Help[] = [
  {
    isFor: (path) => bootFile(path) !== undefined,
    load: async ({ host }) => new (await import('../bootFiles/bootFileHelp')).BootFileHelp(host),
  },
  {
    isFor: isDeclaredFile,
    load: async (workbench) => (await import('../declared/declaredHelp')).declaredHelp(workbench),
  },
];

/** Helps with the files that are opened. */
export function editorHelp(workbench: () => Workbench): Disposable {
  const loaded = new Map<Help, Promise<Disposable>>();
  const look = ({ uri }: TextDocument) => {
    for (const help of helps)
      if (help.isFor(uri.path) && !loaded.has(help)) loaded.set(help, help.load(workbench()));
  };
  // What is open already is looked at when everything is there.
  setTimeout(() => {
    for (const document of workspace.textDocuments) look(document);
  });
  const opened = workspace.onDidOpenTextDocument(look);
  return {
    dispose() {
      opened.dispose();
      for (const help of loaded.values()) void help.then((one) => void one.dispose());
    },
  };
}
