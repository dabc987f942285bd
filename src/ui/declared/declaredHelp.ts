import {
  CodeLens,
  Diagnostic,
  DiagnosticSeverity,
  EventEmitter,
  languages,
  Position,
  Range,
  workspace,
  type CodeLensProvider,
  type Disposable,
  type TextDocument,
  type Uri,
} from 'vscode';
import { readDeclared, type Read } from '../../declared/readDeclared';
import { loadDeclared } from '../../planning/declared/load';
import { oneLine } from '../hostText';
import type { Workbench } from '../workbench';
import { isDeclaredFile } from './isDeclaredFile';
import { judge, type Judged, type Mark } from './judge';
import { lensTexts } from './lensTexts';
import { Pace } from './pace';

/** How long nobody has typed before a file is judged. */
const pause = 300;
/** Between two comparisons with a host of which something is heard all the time. */
const rest = 2000;

const selector = { pattern: '**/{sriov,*.sriov}.{yaml,json}' };

/** Helps with files that declare a host: marks what is wrong, and says above them what they would change. */
export async function declaredHelp(workbench: Workbench): Promise<Disposable> {
  await loadDeclared();
  return new DeclaredHelp(workbench);
}

class DeclaredHelp implements CodeLensProvider {
  private readonly diagnostics = languages.createDiagnosticCollection('sriov.declared');
  private readonly lensesChanged = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.lensesChanged.event;
  private readonly files = new Map<string, { version: number; read: Read; judged: Judged }>();
  private readonly typing = new Pace(pause, 'after', () => this.judgeAll());
  private readonly hearing = new Pace(rest, 'at-most', () => this.judgeAll());
  private readonly ends: Disposable[];

  constructor(private readonly workbench: Workbench) {
    this.ends = [
      this.diagnostics,
      this.lensesChanged,
      this.typing,
      this.hearing,
      languages.registerCodeLensProvider(selector, this),
      workspace.onDidOpenTextDocument(() => this.typing.ask()),
      workspace.onDidChangeTextDocument(({ document }) => isOurs(document) && this.typing.ask()),
      workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      { dispose: workbench.host.changed.on(() => this.hearing.ask()) },
    ];
    this.judgeAll();
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const judged = this.files.get(document.uri.toString())?.judged;
    const top = new Range(0, 0, 0, 0);
    return (judged ? lensTexts(document.uri.toString(), judged) : []).map(
      ({ title, command, words }) => new CodeLens(top, { title, command, arguments: words }),
    );
  }

  dispose(): void {
    for (const end of this.ends) end.dispose();
  }

  private judgeAll(): void {
    for (const document of workspace.textDocuments.filter(isOurs)) this.judge(document);
    this.lensesChanged.fire();
  }

  private judge(document: TextDocument): void {
    const address = document.uri.toString();
    const before = this.files.get(address);
    const read = before?.version === document.version ? before.read : readDeclared(document.getText());
    const judged = judge(read, this.workbench.host);
    this.files.set(address, { version: document.version, read, judged });
    this.diagnostics.set(
      document.uri,
      judged.marks.map((mark) => diagnostic(document, mark)),
    );
  }

  private forget(uri: Uri): void {
    this.files.delete(uri.toString());
    this.diagnostics.delete(uri);
  }
}

const isOurs = ({ uri }: TextDocument): boolean => isDeclaredFile(uri.path);

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning };

function diagnostic(document: TextDocument, { line, column, text, severity }: Mark): Diagnostic {
  const at = document.validatePosition(new Position(line - 1, column - 1));
  const { text: whole } = document.lineAt(at.line);
  const [word = ''] = /^(?:"[^"]*"|'[^']*'|[^\s,\]}]+)?/.exec(whole.slice(at.character)) ?? [];
  const end = word === '' ? whole.length : at.character + word.length;
  const made = new Diagnostic(
    new Range(at, at.with({ character: end })),
    oneLine(text),
    severities[severity],
  );
  made.source = 'sriov';
  return made;
}
