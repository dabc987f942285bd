/** The little of VS Code's editors that help with files needs. */
export { l10n } from '../fakeL10n';

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
  translate = (lines: number, characters: number) =>
    new Position(this.line + lines, this.character + characters);
  with({ character }: { character: number }) {
    return new Position(this.line, character);
  }
}
export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position | number, end: Position | number, line = 0, character = 0) {
    this.start = start instanceof Position ? start : new Position(start, end as number);
    this.end = end instanceof Position ? end : new Position(line, character);
  }
}
export const DiagnosticSeverity = { Error: 0, Warning: 1 };
export class Diagnostic {
  source = '';
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}
export class CodeLens {
  constructor(
    readonly range: Range,
    readonly command: { title: string },
  ) {}
}
export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(value: T) {
    for (const listener of this.listeners) listener(value);
  }
  dispose() {
    this.listeners.clear();
  }
}

export class MarkdownString {
  value = '';
  appendText = (text: string) => this.appendMarkdown(text);
  appendMarkdown(text: string) {
    this.value += text;
    return this;
  }
}
export class Hover {
  constructor(
    readonly contents: MarkdownString,
    readonly range: Range,
  ) {}
}
export const CompletionItemKind = { Value: 11 };
export class CompletionItem {
  insertText = '';
  detail = '';
  constructor(readonly label: string) {}
}

export class Document {
  version = 1;
  readonly uri: { path: string; toString: () => string };
  constructor(
    address: string,
    private text: string,
  ) {
    this.uri = { path: address.replace('file://', ''), toString: () => address };
  }
  getText = () => this.text;
  offsetAt = ({ line, character }: Position) =>
    this.text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
  positionAt = (offset: number) => {
    const lines = this.text.slice(0, offset).split('\n');
    return new Position(lines.length - 1, lines.at(-1)?.length ?? 0);
  };
  lineAt = (line: number) => ({ text: this.text.split('\n')[line] ?? '' });
  validatePosition = (position: Position) => position;
  type(text: string) {
    this.text = text;
    this.version += 1;
    changed.fire({ document: this });
  }
  close() {
    workspace.textDocuments = workspace.textDocuments.filter((one) => one !== this);
    closed.fire(this);
  }
}

export class Uri {
  private constructor(readonly path: string) {}
  static file = (path: string) => new Uri(path);
  static joinPath = ({ path }: Uri, more: string) =>
    new Uri(more === '..' ? path.replace(/\/[^/]*$/, '') : `${path}/${more}`);
  toString = () => `file://${this.path}`;
}
export class RelativePattern {
  constructor(
    readonly folder: Uri,
    readonly pattern: string,
  ) {}
}

/** The files that are saved, by path, and how often each was read. */
export const saved = new Map<string, string>();
export const reads: string[] = [];
const written = new EventEmitter<void>();
/** Those that are watched. */
export const watched: string[] = [];
export function write(path: string, text: string) {
  saved.set(path, text);
  written.fire();
}
const configured = new EventEmitter<{ affectsConfiguration: () => boolean }>();
export const settingsChanged = () => configured.fire({ affectsConfiguration: () => true });

const changed = new EventEmitter<{ document: Document }>();
const closed = new EventEmitter<Document>();
const marks = new Map<string, Diagnostic[]>();
interface Lenses {
  provideCodeLenses(document: Document): CodeLens[];
  onDidChangeCodeLenses(listener: () => void): unknown;
}
let lenses: Lenses | undefined;

export const workspace = {
  textDocuments: [] as Document[],
  onDidOpenTextDocument: () => ({ dispose: () => {} }),
  onDidChangeTextDocument: changed.event,
  onDidCloseTextDocument: closed.event,
  onDidChangeConfiguration: configured.event,
  workspaceFolders: [{ uri: Uri.file('/project') }],
  fs: {
    readFile: ({ path }: Uri) => {
      reads.push(path);
      const text = saved.get(path);
      return text === undefined
        ? Promise.reject(new Error('ENOENT'))
        : Promise.resolve(new TextEncoder().encode(text));
    },
  },
  createFileSystemWatcher: ({ folder, pattern }: RelativePattern) => {
    watched.push(`${folder.path}/${pattern}`);
    return {
      onDidChange: written.event,
      onDidCreate: () => {},
      onDidDelete: () => {},
      dispose: () => watched.pop(),
    };
  },
};
export const languages = {
  createDiagnosticCollection: () => ({
    set: (uri: Document['uri'], all: Diagnostic[]) => marks.set(uri.toString(), all),
    delete: (uri: Document['uri']) => marks.delete(uri.toString()),
    dispose: () => marks.clear(),
  }),
  registerCodeLensProvider: (_: unknown, provider: Lenses) => {
    lenses = provider;
    return { dispose: () => {} };
  },
  registerCompletionItemProvider: () => ({ dispose: () => {} }),
  registerHoverProvider: () => ({ dispose: () => {} }),
};

export function reset() {
  workspace.textDocuments = [];
  marks.clear();
  saved.clear();
  reads.length = 0;
}
export function opened(address: string, text: string) {
  const document = new Document(address, text);
  workspace.textDocuments.push(document);
  return document;
}
export const diagnosticsOf = (address: string) => marks.get(address) ?? [];
export const lensesOf = (address: string) =>
  workspace.textDocuments
    .filter(({ uri }) => uri.toString() === address)
    .flatMap((document) => lenses?.provideCodeLenses(document) ?? [])
    .map(({ command }) => command.title);
export const onLensesChanged = (listener: () => void) => lenses?.onDidChangeCodeLenses(listener);
