import { Position, Range, Uri, window, workspace, type TextDocument } from 'vscode';
import type { DeclaredFiles, DeclaredText } from '../workbench';
import { fileAt } from './fileAt';
import { isDeclaredFile } from './isDeclaredFile';

/** Those of this window, as they are in their editors, saved or not. */
export const declaredFiles: DeclaredFiles = {
  async read(address) {
    if (address !== undefined) return textOf(await workspace.openTextDocument(uriOf(address)));
    const document = window.activeTextEditor?.document;
    return document && isMeant(document) ? textOf(document) : undefined;
  },
  async show(address, { line, column }) {
    const at = new Position(line - 1, column - 1);
    const document = await workspace.openTextDocument(uriOf(address));
    await window.showTextDocument(document, { selection: new Range(at, at) });
  },
  async create(content) {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content }));
  },
};

const uriOf = (address: string): Uri =>
  /^[a-z][\w+.-]+:/.test(address) ? Uri.parse(address) : fileAt(address);

/** By its name; one that isn't saved yet has none. */
const isMeant = ({ uri, languageId, isUntitled }: TextDocument): boolean =>
  isDeclaredFile(uri.path) || (isUntitled && languageId === 'yaml');

const textOf = (document: TextDocument): DeclaredText => ({
  address: document.uri.toString(),
  name: document.uri.path.split('/').at(-1) ?? document.uri.path,
  text: document.getText(),
});
