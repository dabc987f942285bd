import {
  EventEmitter,
  window,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  type TreeViewOptions,
} from 'vscode';
import { changedRows, firstChildren } from './diff';
import type { Tooltip } from './facts';
import type { Row, Subject } from './row';
import { rowTooltip, treeItem } from './treeItem';

interface Options extends Pick<TreeViewOptions<string>, 'canSelectMany' | 'dragAndDropController'> {
  /** What else the tooltip of a row says, when somebody looks at it. */
  beside?: (subject: Subject) => Tooltip;
}

/** A view that shows rows. Elements are row ids, so they outlive each snapshot. */
export class RowTree implements TreeDataProvider<string> {
  readonly view: TreeView<string>;
  private readonly changed = new EventEmitter<string[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private top: Row[] = [];
  private rows = new Map<string, { row: Row; parent: string | undefined; isFolded: boolean }>();
  /** What was drawn last, to be drawn again. */
  private again: string[] | 'all' = [];
  private toUnfold: string[] = [];
  /** Rows whose children VS Code has let go of and not fetched again; `undefined` stands for the top. */
  private readonly letGo = new Set<string | undefined>();
  /** What was selected last. */
  private meant: readonly string[] = [];
  private readonly ends: { dispose(): void }[];
  private readonly beside: (subject: Subject) => Tooltip;

  constructor(
    readonly id: string,
    private readonly read: () => Row[],
    { canSelectMany = false, dragAndDropController, beside = () => [] }: Options = {},
  ) {
    this.beside = beside;
    this.top = read();
    this.index();
    this.view = window.createTreeView(id, {
      ...{ treeDataProvider: this, showCollapseAll: true, canSelectMany, dragAndDropController },
    });
    this.ends = [
      this.view.onDidChangeVisibility(() => this.unfold()),
      this.view.onDidChangeSelection(({ selection }) => {
        if (selection.length > 0 || !this.meant.some((id) => this.isFetched(id))) this.meant = selection;
      }),
      this.view.onDidCollapseElement(({ element }) => this.fold(element, true)),
      this.view.onDidExpandElement(({ element }) => this.fold(element, false)),
    ];
  }

  /**
   * Looks at what there is now, and draws only what is different. With the next look it is drawn once more: a row that VS
   * Code fetched before it was told of the change, to reveal or to unfold something, may reach the view after it.
   */
  update(): void {
    const before = this.top;
    this.top = this.read();
    this.index();
    const changed = changedRows(before, this.top);
    this.draw(both(changed, this.again));
    this.again = changed;
    this.toUnfold.push(...firstChildren(before, this.top));
    this.unfold();
  }

  /** Draws the rows that say something else now, and no other; what each of them is stays. */
  updateTexts(): void {
    const before = this.top;
    this.top = this.read();
    this.index();
    this.draw(changedRows(before, this.top));
  }

  /** The rows that are selected. VS Code says of those that it is fetching again that they aren't. */
  get selection(): readonly string[] {
    const { selection } = this.view;
    return selection.length > 0 ? selection : this.meant.filter((id) => this.isFetched(id));
  }

  /** The host that a row belongs to, where each has a row of its own at the top. */
  hostOf(rowId: string): string | undefined {
    for (let id: string | undefined = rowId; id !== undefined; id = this.rows.get(id)?.parent) {
      const subject = this.rows.get(id)?.row.subject;
      if (subject?.kind === 'host') return subject.id;
    }
    return undefined;
  }

  /** Shows what is below the rows of the top; the first of them, if not all fit. */
  unfoldTop(): void {
    const tops = this.top.flatMap((row) => (row.subject.kind === 'host' ? [row, ...row.children] : [row]));
    const folded = tops.filter(({ id, children }) => children.length > 0 && this.rows.get(id)?.isFolded);
    this.toUnfold.push(...folded.map(({ id }) => id).reverse());
    this.unfold();
  }

  subject(rowId: string): Subject | undefined {
    return this.rows.get(rowId)?.row.subject;
  }

  /** Unfolds the tree down to the row that stands for a thing of a host, if there is one and the view is visible. */
  reveal(
    host: string | undefined,
    stands: (subject: Subject) => boolean,
    { select }: { select: boolean },
  ): void {
    const found = [...this.rows.values()].find(
      ({ row }) => stands(row.subject) && (this.hostOf(row.id) ?? host) === host,
    );
    if (found && this.view.visible) this.show(found.row.id, select);
  }

  getChildren(id?: string): string[] {
    this.letGo.delete(id);
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
    const known = this.rows.get(id);
    item.tooltip = known && rowTooltip(known.row, this.beside(known.row.subject));
    return item;
  }

  dispose(): void {
    for (const end of this.ends) end.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  private draw(rows: string[] | 'all'): void {
    const there = rows === 'all' ? [undefined] : rows.filter((id) => this.rows.has(id));
    if (there.length === 0) return;
    for (const id of there) this.letGoOf(id);
    this.changed.fire(rows === 'all' ? undefined : there.filter((id) => id !== undefined));
  }

  /** VS Code drops what is below a row that it is told to draw, until it comes to it. */
  private letGoOf(id: string | undefined): void {
    const children = id === undefined ? this.top : (this.rows.get(id)?.row.children ?? []);
    if (children.length > 0) this.letGo.add(id);
    for (const child of children) this.letGoOf(child.id);
  }

  /** Whether VS Code is about to fetch a row again. */
  private isFetched(id: string): boolean {
    if (!this.rows.has(id)) return false;
    let parent = this.rows.get(id)?.parent;
    while (parent !== undefined && !this.letGo.has(parent)) parent = this.rows.get(parent)?.parent;
    return this.letGo.has(parent);
  }

  /** VS Code keeps a row folded that had no children when it appeared, whatever is said of it later. */
  private unfold(): void {
    if (!this.view.visible) return;
    for (const id of this.toUnfold.splice(0)) if (this.rows.has(id)) this.show(id, false);
  }

  /** Nothing waits for it, and nothing is lost when the row is gone before VS Code comes to it. */
  private show(id: string, select: boolean): void {
    if (select) this.meant = [id];
    this.view.reveal(id, { select, focus: false, expand: true }).then(undefined, () => {});
  }

  private fold(id: string, isFolded: boolean): void {
    const known = this.rows.get(id);
    if (known) known.isFolded = isFolded;
  }

  private index(): void {
    const before = this.rows;
    this.rows = new Map();
    const add = (row: Row, parent: string | undefined): void => {
      // VS Code heeds what a row says of itself when it first appears.
      const isFolded = before.get(row.id)?.isFolded ?? row.expanded !== true;
      this.rows.set(row.id, { row, parent, isFolded });
      for (const child of row.children) add(child, row.id);
    };
    for (const row of this.top) add(row, undefined);
  }
}

const both = (one: string[] | 'all', other: string[] | 'all'): string[] | 'all' =>
  one === 'all' || other === 'all' ? 'all' : [...new Set([...one, ...other])];
