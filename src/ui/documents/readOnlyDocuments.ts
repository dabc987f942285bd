import {
  commands,
  EventEmitter,
  languages,
  Uri,
  window,
  workspace,
  l10n,
  type Disposable,
  type TextDocumentContentProvider,
} from 'vscode';
import type { FileChange } from '../../model/plan';
import { oneLine } from '../hostText';
import type { Report } from '../readiness/report';
import type { Documents, ReadOnlyText } from '../workbench';

const schemes: ReadOnlyText['scheme'][] = ['sriov-plan', 'sriov-inspect', 'sriov-report'];

/** Text that is shown and can't be edited. It lives as long as the window. */
export class ReadOnlyDocuments implements Documents, TextDocumentContentProvider {
  private readonly shown = new Map<string, ReadOnlyText>();
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registrations: Disposable[] = schemes.map((scheme) =>
    workspace.registerTextDocumentContentProvider(scheme, this),
  );

  async show(document: ReadOnlyText): Promise<void> {
    // A slash or a backslash in a name would make a folder of it.
    const path = `/${oneLine(document.name).replaceAll('/', '\u2215').replaceAll('\\', '\u2216')}`;
    const uri = Uri.from({ scheme: document.scheme, path });
    this.shown.set(uri.toString(), document);
    this.changed.fire(uri);
    if (document.language === 'markdown' && (await previewed(uri))) return;
    const opened = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(opened, document.language);
    await window.showTextDocument(opened, { preview: true });
  }

  async difference({ path, before, after }: FileChange): Promise<void> {
    const [left, right] = [before, after].map((text, index) => {
      const uri = Uri.from({ scheme: 'sriov-plan', path, query: index === 0 ? 'now' : 'then' });
      this.shown.set(uri.toString(), {
        ...{ scheme: 'sriov-plan', name: path, text: text ?? '', language: 'plaintext' },
      });
      this.changed.fire(uri);
      return uri;
    });
    await commands.executeCommand('vscode.diff', left, right, l10n.t('{0}: before ↔ after', oneLine(path)));
  }

  report(address: unknown): Report | undefined {
    return this.meant(address)?.report;
  }

  provideTextDocumentContent(uri: Uri): string {
    return (
      this.shown.get(uri.toString())?.text ??
      `${l10n.t('This document is from another window or an earlier session.')}\n`
    );
  }

  private meant(address: unknown): ReadOnlyText | undefined {
    const uri = address instanceof Uri ? address : window.activeTextEditor?.document.uri;
    return uri && this.shown.get(uri.toString());
  }

  dispose(): void {
    for (const registration of this.registrations) registration.dispose();
    this.changed.dispose();
  }
}

/** As VS Code's own Markdown extension renders it, if that is enabled. */
const previewed = (uri: Uri): Promise<boolean> =>
  Promise.resolve(commands.executeCommand('markdown.showPreview', uri)).then(
    () => true,
    () => false,
  );
