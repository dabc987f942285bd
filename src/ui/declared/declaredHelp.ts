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
import type { Declared } from '../../model/declared/declared';
import { loadDeclared } from '../../planning/declared/load';
import { oneLine } from '../hostText';
import type { Workbench } from '../workbench';
import { fileAt } from './fileAt';
import { isDeclaredFile } from './isDeclaredFile';
import { hostFor, isCalled, judge, type Judged, type Mark } from './judge';
import { lensTexts } from './lensTexts';
import { Pace } from './pace';
import { TypingHelp, type Known } from './typingHelp';

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

interface Open {
  version: number;
  read: Read;
  judged: Judged;
  /** As it was valid last. */
  declared?: Declared;
}

class DeclaredHelp implements CodeLensProvider {
  private readonly diagnostics = languages.createDiagnosticCollection('sriov.declared');
  private readonly lensesChanged = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.lensesChanged.event;
  private readonly files = new Map<string, Open>();
  private readonly typing = new Pace(pause, 'after', () => this.judgeAll());
  private readonly hearing = new Pace(rest, 'at-most', () => this.judgeAll());
  private readonly ends: Disposable[];

  constructor(private readonly workbench: Workbench) {
    const typing = new TypingHelp((document) => this.knownOf(document));
    this.ends = [
      this.diagnostics,
      this.lensesChanged,
      this.typing,
      this.hearing,
      languages.registerCodeLensProvider(selector, this),
      languages.registerCompletionItemProvider(selector, typing, ' ', '"', '['),
      languages.registerHoverProvider(selector, typing),
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
    const judged = judge(read, this.workbench.host, this.hostInSettings(address));
    const declared = 'declared' in read ? read.declared : before?.declared;
    this.files.set(address, { version: document.version, read, judged, declared });
    this.diagnostics.set(
      document.uri,
      judged.marks.map((mark) => diagnostic(document, mark)),
    );
  }

  private knownOf({ uri }: TextDocument): Known {
    const address = uri.toString();
    const declared = this.files.get(address)?.declared;
    return { declared, host: hostFor(declared?.host ?? this.hostInSettings(address), this.workbench.host) };
  }

  /** The host that the settings name for a file; of several, the current one. */
  private hostInSettings(address: string): string | undefined {
    const { host, settings } = this.workbench;
    const current = host.named(host.id);
    const names = Object.entries(settings().declared)
      .filter(([, path]) => fileAt(path).toString() === address)
      .map(([name]) => name);
    return names.find((name) => current && isCalled(current, name)) ?? names[0];
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
