import type { TreeDataProvider, TreeItem, TreeViewOptions } from 'vscode';
import { l10n } from './fakeL10n';

/** The little of VS Code that a tree of rows needs: the view that was made last is in `made`. */
export const fakeVscode = (made: { view: unknown }) => ({
  l10n,
  EventEmitter: FakeEmitter,
  MarkdownString: class {},
  ThemeColor: class {},
  ThemeIcon: class {},
  TreeItem: class {
    constructor(
      readonly label: string,
      readonly collapsibleState: number,
    ) {}
  },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  window: {
    createTreeView: (_id: string, { treeDataProvider }: TreeViewOptions<string>) =>
      (made.view = new FakeTreeView(treeDataProvider)),
  },
});

class FakeEmitter<T> {
  private readonly listeners: ((value: T) => void)[] = [];
  readonly event = (listener: (value: T) => void) => {
    this.listeners.push(listener);
    return { dispose: () => {} };
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
  dispose(): void {}
}

/**
 * A tree as VS Code keeps it: items that it was given, by the row they were fetched for. A refresh replaces the item at
 * once and fetches what is under it; a fetch that another caller began, by unfolding a row, is answered when its reply
 * comes, and what is in the reply replaces what is there, however old it is.
 */
export class FakeTreeView {
  visible = true;
  /** Comes to fetching what it is told to draw later, if at all. */
  isBusy = false;
  drawings = 0;
  failsToReveal = false;
  readonly revealed: string[] = [];
  private items = new Map<string, TreeItem>();
  private children = new Map<string | undefined, string[]>();
  private readonly visibility = new FakeEmitter<{ visible: boolean }>();
  readonly onDidChangeVisibility = this.visibility.event;
  selection: readonly string[] = [];
  private readonly selecting = new FakeEmitter<{ selection: readonly string[] }>();
  readonly onDidChangeSelection = this.selecting.event;
  readonly folding = {
    collapse: new FakeEmitter<{ element: string }>(),
    expand: new FakeEmitter<{ element: string }>(),
  };
  readonly onDidCollapseElement = this.folding.collapse.event;
  readonly onDidExpandElement = this.folding.expand.event;

  constructor(private readonly provider: TreeDataProvider<string>) {
    provider.onDidChangeTreeData?.((changed) => this.refresh(changed as string[] | undefined));
  }

  /** Everything, from the top. */
  fetchAll(): void {
    this.fetch(undefined, true)();
  }

  /** Asks for the rows under one, and answers with how to take the reply. */
  fetch(parent: string | undefined, deep = false): () => void {
    const ids = this.provider.getChildren(parent) as string[];
    const items = ids.map((id) => this.provider.getTreeItem(id) as TreeItem);
    return () => {
      for (const gone of this.children.get(parent) ?? []) if (!ids.includes(gone)) this.forget(gone);
      this.children.set(parent, ids);
      ids.forEach((id, index) => this.items.set(id, items[index] as TreeItem));
      if (deep) for (const id of ids) this.fetch(id, true)();
    };
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.visibility.fire({ visible });
  }

  /** Says what is selected: none of those that it has let go of. */
  select(...selection: string[]): void {
    this.selection = selection;
    this.selecting.fire({ selection });
  }

  reveal(id: string): Promise<void> {
    if (this.failsToReveal) return Promise.reject(new Error(`Cannot resolve tree item for element ${id}`));
    this.revealed.push(id);
    return Promise.resolve();
  }

  /** The rows as a user sees them, from the top. */
  shown(parent?: string): string[] {
    return (this.children.get(parent) ?? []).flatMap((id) => {
      const { label, description } = this.items.get(id) as TreeItem;
      const text = description ? `: ${description as string}` : '';
      return [`${label as string}${text}`, ...this.shown(id)];
    });
  }

  private forget(id: string): void {
    for (const child of this.children.get(id) ?? []) this.forget(child);
    this.children.delete(id);
    this.items.delete(id);
  }

  private refresh(changed: string[] | undefined): void {
    this.drawings += 1;
    if (this.isBusy) return;
    if (changed === undefined) return this.fetchAll();
    for (const id of changed) {
      this.items.set(id, this.provider.getTreeItem(id) as TreeItem);
      this.fetch(id, true)();
    }
  }
}
