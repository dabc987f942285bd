import { DataTransferItem, type DataTransfer, type TreeDragAndDropController } from 'vscode';

/** Where rows were dropped: on a row of a view, or below all of them. */
export interface DropTarget {
  view: string;
  row: string | undefined;
}

export type Dropped = (rows: string[], onto: DropTarget) => void;

/** What VS Code calls the rows of a view. */
const mimeOf = (view: string): string => `application/vnd.code.tree.${view.toLowerCase()}`;

/** Lets rows of a view be dragged, and rows of any of `views` be dropped on it. What is dragged is a text, as nothing else gets from one view to another. */
export const dragAndDrop = (
  view: string,
  views: readonly string[],
  dropped: Dropped,
): TreeDragAndDropController<string> => ({
  dragMimeTypes: [mimeOf(view)],
  dropMimeTypes: views.map(mimeOf),
  handleDrag(rows, transfer) {
    transfer.set(mimeOf(view), new DataTransferItem(JSON.stringify(rows)));
  },
  async handleDrop(row, transfer) {
    const rows = await rowsIn(transfer, views.map(mimeOf));
    if (rows) dropped(rows, { view, row });
  },
});

/** VS Code adds items of its own under the same name. */
async function rowsIn(transfer: DataTransfer, mimes: string[]): Promise<string[] | undefined> {
  for (const [mime, item] of transfer) {
    if (!mimes.includes(mime)) continue;
    const rows = rowsOf(await item.asString());
    if (rows) return rows;
  }
  return undefined;
}

function rowsOf(text: string): string[] | undefined {
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) && rows.every((row) => typeof row === 'string') ? rows : undefined;
  } catch {
    return undefined;
  }
}
