import { l10n, RelativePattern, Uri, workspace, type Disposable } from 'vscode';
import { readDeclared, type Read } from '../../declared/readDeclared';
import { loadDeclared } from '../../planning/declared/load';
import { oneLine } from '../hostText';
import type { CurrentHost } from '../hosts/currentHost';
import type { Settings } from '../settings';
import { fileAt } from './fileAt';
import { isCalled, judge } from './judge';
import { Pace } from './pace';

/** What of the current host isn't as its file declares it. */
export interface Drifted {
  count: number;
  /** In a sentence. */
  text: string;
}

/** Between two comparisons. */
const rest = 2000;

/** Tells what isn't as declared whenever the host, the file as it is saved, or the settings are others. */
export async function driftWatch(
  host: CurrentHost,
  settings: () => Settings,
  tell: (now: Drifted | undefined) => void,
): Promise<Disposable> {
  await loadDeclared();
  return new DriftWatch(host, settings, tell);
}

class DriftWatch {
  private file: { path: string; read: Promise<Read | undefined>; watcher: Disposable } | undefined;
  private told: string | undefined;
  private readonly pace = new Pace(rest, 'at-most', () => void this.compare());
  private readonly ends: Disposable[];

  constructor(
    private readonly host: CurrentHost,
    private readonly settings: () => Settings,
    private readonly tell: (now: Drifted | undefined) => void,
  ) {
    const ask = () => this.pace.ask();
    this.ends = [
      this.pace,
      { dispose: host.changed.on(ask) },
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('sriov.declared') && ask()),
    ];
    ask();
  }

  dispose(): void {
    this.file?.watcher.dispose();
    for (const end of this.ends) end.dispose();
  }

  private async compare(): Promise<void> {
    const current = this.host.named(this.host.id);
    const found = Object.entries(this.settings().declared).find(
      ([name]) => current && isCalled(current, name),
    );
    const path = found?.[1];
    const read = path === undefined ? undefined : await this.read(path);
    // Another host may be the current one by now; that is heard, too.
    if (current?.id !== this.host.id) return;
    const now = path !== undefined && current ? drifted(read, path, this.host, current.id) : undefined;
    const said = JSON.stringify(now);
    if (said === this.told) return;
    this.told = said;
    this.tell(now);
  }

  /** As it is saved; read again when it is written. */
  private async read(path: string): Promise<Read | undefined> {
    if (this.file?.path !== path) {
      this.file?.watcher.dispose();
      this.file = { path, read: textAt(path), watcher: this.watch(path) };
    }
    return this.file.read;
  }

  private watch(path: string): Disposable {
    const uri = fileAt(path);
    const name = uri.path.split('/').at(-1) ?? '';
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(uri, '..'), name));
    const again = () => {
      if (this.file) this.file.read = textAt(this.file.path);
      this.pace.ask();
    };
    watcher.onDidChange(again);
    watcher.onDidCreate(again);
    watcher.onDidDelete(again);
    return watcher;
  }
}

/** Undefined where it can't be read. */
const textAt = async (path: string): Promise<Read | undefined> =>
  Promise.resolve(workspace.fs.readFile(fileAt(path))).then(
    (bytes) => readDeclared(new TextDecoder().decode(bytes)),
    () => undefined,
  );

/** Nothing where all is as declared, or where that can't be known now. */
function drifted(read: Read | undefined, path: string, hosts: CurrentHost, id: string): Drifted | undefined {
  const name = oneLine(path.split(/[\\/]/).at(-1) ?? path);
  if (!read) return { count: 0, text: l10n.t('{0} can’t be read.', name) };
  const { compared, marks } = judge(read, hosts, id);
  if (compared.kind === 'invalid' || (compared.kind === 'compared' && compared.plan.blocks.length > 0)) {
    const count = marks.filter(({ severity }) => severity === 'error').length;
    return {
      count,
      text: count === 1 ? l10n.t('1 problem in {0}.', name) : l10n.t('{0} problems in {1}.', count, name),
    };
  }
  if (compared.kind !== 'compared' || compared.plan.parts.length === 0) return undefined;
  const count = compared.plan.differences.length;
  return {
    count,
    text:
      count === 1 ? l10n.t('1 difference from {0}.', name) : l10n.t('{0} differences from {1}.', count, name),
  };
}
