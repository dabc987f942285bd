import { onOneLine } from '../../model/printable';
import { displayWidth } from './displayWidth';
import { textOf, type Line, type Piece } from './styled';

/** Cells, each in a column of its own, then items that share the remaining room. */
export interface Row {
  cells: Piece[];
  items?: Piece[];
  /** Its items are named only where they are in a column. */
  isHeading?: true;
}

interface Room {
  columns: number;
  /** Columns before the first cell. */
  indent?: number;
}

const gap = 2;
/** With less room than this beside the cells, the items of all rows are under them. */
const leastForItems = 28;

/** The lines of each row. The columns of all rows are aligned; text that doesn't fit stays whole, and is too long. */
export function table(rows: readonly Row[], { columns, indent = 0 }: Room): Line[][] {
  const count = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map(({ cells }) => widthOf(cells[column] ?? ''))),
  );
  const beside = indent + widths.reduce((sum, width) => sum + width + gap, 0);
  const isBeside = columns - beside >= leastForItems;
  const under = indent + (widths[0] ?? 0) + gap;
  return rows.map(({ cells, items = [], isHeading }) => {
    const row = [' '.repeat(indent), ...cells.flatMap((cell, column) => padded(cell, widths[column] ?? 0))];
    const [first = [], ...rest] = isBeside ? wrapped(items, columns - beside) : [];
    const more = isBeside ? rest : wrapped(isHeading ? [] : items, columns - under);
    return [[...row, ...first], ...more.map((line) => [' '.repeat(isBeside ? beside : under), ...line])];
  });
}

const widthOf = (piece: Piece): number => displayWidth(onOneLine(textOf(piece)));

const padded = (cell: Piece, width: number): Piece[] => [cell, ' '.repeat(width - widthOf(cell) + gap)];

/** Items in lines of that many columns; a longer one has a line of its own. */
function wrapped(items: readonly Piece[], columns: number): Line[] {
  const lines: Piece[][] = [];
  let used = 0;
  for (const item of items) {
    const width = widthOf(item);
    const line = lines.at(-1);
    if (line && used + gap + width <= columns) {
      line.push(' '.repeat(gap), item);
      used += gap + width;
    } else {
      lines.push([item]);
      used = width;
    }
  }
  return lines;
}
