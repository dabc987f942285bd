import { EventEmitter, window, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { changedRows } from './diff';
import type { Row, Subject } from './row';
import { tooltipOf, treeItem } from './treeItem';

/** A view that shows rows. Elements are row ids, so they outlive each snapshot. */
export class RowTree implements TreeDataProvider<string> {
  readonly view: TreeView<string>;
  private readonly changed = new EventEmitter<string[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private top: Row[] = [];
  private rows = new Map<string, { row: Row; parent: string | undefined }>();

  constructor(
    readonly id: string,
    private readonly read: () => Row[],
    { canSelectMany = false } = {},
  ) {
    this.top = read();
    this.index();
    this.view = window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true, canSelectMany });
  }

  /** Looks at what there is now, and draws only what is different. */
  update(): void {
    const before = this.top;
    this.top = this.read();
    this.index();
    const rows = changedRows(before, this.top);
    if (rows === 'all') this.changed.fire(undefined);
    else if (rows.length > 0) this.changed.fire(rows);
  }

  subject(rowId: string): Subject | undefined {
    return this.rows.get(rowId)?.row.subject;
  }

  /** Unfolds the tree down to the row that stands for a thing, if there is one and the view is visible. */
  async reveal(stands: (subject: Subject) => boolean, { select }: { select: boolean }): Promise<void> {
    const found = [...this.rows.values()].find(({ row }) => stands(row.subject));
    if (found && this.view.visible)
      await this.view.reveal(found.row.id, { select, focus: false, expand: true });
  }

  getChildren(id?: string): string[] {
    const rows = id === undefined ? this.top : (this.rows.get(id)?.row.children ?? []);
    return rows.map((row) => row.id);
  }

  getParent(id: string): string | undefined {
    return this.rows.get(id)?.parent;
  }

  getTreeItem(id: string): TreeItem {
    const known = this.rows.get(id);
    return known ? treeItem(known.row) : { id, label: '' };
  }

  resolveTreeItem(item: TreeItem, id: string): TreeItem {
    const facts = this.rows.get(id)?.row.tooltip ?? [];
    if (facts.length > 0) item.tooltip = tooltipOf(facts);
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  private index(): void {
    this.rows = new Map();
    const add = (row: Row, parent: string | undefined): void => {
      this.rows.set(row.id, { row, parent });
      for (const child of row.children) add(child, row.id);
    };
    for (const row of this.top) add(row, undefined);
  }
}
