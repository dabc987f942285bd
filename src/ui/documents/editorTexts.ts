import { env, Uri, window, workspace, l10n, type TextDocument } from 'vscode';
import type { GivenText, Texts } from '../workbench';

/** Picking a disk image instead of a log shows an error, and the window stays responsive. */
const largest = 64 * 1024 * 1024;

/** The texts of this window, this computer's clipboard, and files where the window's files are. */
export class EditorTexts implements Texts {
  async atHand(): Promise<GivenText[]> {
    const editor = window.activeTextEditor;
    const own = editor && !editor.document.uri.scheme.startsWith('sriov-') ? editor : undefined;
    const selected = own?.document.getText(own.selection) ?? '';
    const given: GivenText[] = [
      { from: 'selection', name: own ? nameOf(own.document) : '', text: selected },
      { from: 'editor', name: own ? nameOf(own.document) : '', text: own?.document.getText() ?? '' },
      { from: 'clipboard', name: l10n.t('Clipboard'), text: await env.clipboard.readText() },
    ];
    return given.filter(({ text }) => text.trim() !== '');
  }

  async chooseFile(title: string): Promise<GivenText | undefined> {
    const [file] = (await window.showOpenDialog({ title, openLabel: l10n.t('Diagnose') })) ?? [];
    if (!file) return undefined;
    const { size } = await workspace.fs.stat(file);
    if (size > largest)
      throw new Error(
        l10n.t('{0} has {1} MB; the limit is 64 MB.', file.path, Math.round(size / 1024 / 1024)),
      );
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    return { from: 'file', name: lastPart(file), text };
  }

  async newEditor(): Promise<() => GivenText> {
    const document = await workspace.openTextDocument({ language: 'plaintext', content: '' });
    await window.showTextDocument(document);
    return () => ({ from: 'editor', name: nameOf(document), text: document.getText() });
  }

  async save({ text, ...question }: Parameters<Texts['save']>[0]): Promise<string | undefined> {
    const file = await chooseTarget(question);
    if (!file) return undefined;
    await workspace.fs.writeFile(file, new TextEncoder().encode(text(file.path)));
    await window.showTextDocument(file);
    return file.path;
  }

  async saveFile({ bytes, ...question }: Parameters<Texts['saveFile']>[0]): Promise<string | undefined> {
    const file = await chooseTarget(question);
    if (file) await workspace.fs.writeFile(file, bytes);
    return file?.path;
  }
}

async function chooseTarget({
  title,
  name,
  types,
}: Omit<Parameters<Texts['save']>[0], 'text'>): Promise<Uri | undefined> {
  const [folder] = workspace.workspaceFolders ?? [];
  const defaultUri = folder ? Uri.joinPath(folder.uri, name) : undefined;
  return window.showSaveDialog({ title, filters: types, defaultUri });
}

const lastPart = ({ path }: Uri): string => path.split('/').at(-1) ?? path;
const nameOf = ({ uri }: TextDocument): string => lastPart(uri);
