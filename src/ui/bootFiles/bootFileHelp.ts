import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  workspace,
  WorkspaceEdit,
  type CodeActionContext,
  type CodeActionProvider,
  type Disposable,
  type TextDocument,
} from 'vscode';
import { message } from '../hostText';
import type { CurrentHost } from '../hosts/currentHost';
import { bootFile } from '../../boot/files';
import { checkBootFile, type BootProblem } from '../../boot/check';
import { wantedArguments } from './wanted';

const schemes = ['file', 'vscode-remote', 'untitled'];
/** No boot configuration is longer. */
const longest = 200_000;

/** Marks what is wrong with the kernel arguments in an open boot loader's file, and offers to fix it. */
export class BootFileHelp implements CodeActionProvider {
  private readonly diagnostics = languages.createDiagnosticCollection('sriov');
  private readonly ends: Disposable[] = [
    this.diagnostics,
    workspace.onDidOpenTextDocument((document) => this.look(document)),
    workspace.onDidChangeTextDocument(({ document }) => this.look(document)),
    workspace.onDidCloseTextDocument(({ uri }) => this.diagnostics.delete(uri)),
    languages.registerCodeActionsProvider(
      schemes.map((scheme) => ({ scheme })),
      this,
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  ];
  private stop: () => void;

  constructor(private readonly host: CurrentHost) {
    this.stop = host.changed.on(() => this.lookAtAll());
    this.lookAtAll();
  }

  provideCodeActions(document: TextDocument, range: Range, { diagnostics }: CodeActionContext): CodeAction[] {
    const ours = diagnostics.filter(({ source }) => source === 'sriov');
    if (ours.length === 0) return [];
    return this.problemsOf(document)
      .filter((problem) => rangeOf(document, problem).intersection(range))
      .flatMap((problem) =>
        problem.repairs.map((repair, index) => action(document, problem, repair, index, ours)),
      );
  }

  dispose(): void {
    this.stop();
    for (const end of this.ends) end.dispose();
  }

  private lookAtAll(): void {
    for (const document of workspace.textDocuments) this.look(document);
  }

  private look(document: TextDocument): void {
    if (bootFile(document.uri.path) === undefined || !schemes.includes(document.uri.scheme)) return;
    this.diagnostics.set(
      document.uri,
      this.problemsOf(document).map((problem) => diagnostic(document, problem)),
    );
  }

  private problemsOf(document: TextDocument): BootProblem[] {
    const file = bootFile(document.uri.path);
    const text = document.getText();
    if (!file || text.length > longest) return [];
    return checkBootFile(text, file, wantedArguments(document.uri, this.host));
  }
}

const rangeOf = (document: TextDocument, { from, to }: { from: number; to: number }): Range =>
  new Range(document.positionAt(from), document.positionAt(to));

const severities = { warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information };

function diagnostic(document: TextDocument, problem: BootProblem): Diagnostic {
  const shown = new Diagnostic(
    rangeOf(document, problem),
    message(problem.message),
    severities[problem.severity],
  );
  shown.source = 'sriov';
  shown.code = problem.code;
  return shown;
}

function action(
  document: TextDocument,
  problem: BootProblem,
  { title, edits }: BootProblem['repairs'][number],
  index: number,
  shown: Diagnostic[],
): CodeAction {
  const made = new CodeAction(title, CodeActionKind.QuickFix);
  made.edit = new WorkspaceEdit();
  for (const edit of edits) made.edit.replace(document.uri, rangeOf(document, edit), edit.text);
  made.isPreferred = index === 0 && !/^boot\.(?:assign-busses|realloc)$/.test(problem.code);
  made.diagnostics = shown.filter(
    ({ code, range }) => code === problem.code && range.isEqual(rangeOf(document, problem)),
  );
  return made;
}
