import isSame from 'fast-deep-equal';
import type { Row } from './row';

/** Which rows to redraw, by id; `all` when the top level itself changed. A row is redrawn with its children. */
export function changedRows(before: readonly Row[], after: readonly Row[]): string[] | 'all' {
  if (!sameIds(before, after)) return 'all';
  return after.flatMap((row, index) => changedWithin(before[index] as Row, row));
}

function changedWithin(before: Row, after: Row): string[] {
  if (before === after) return [];
  if (!sameIds(before.children, after.children) || !looksLike(before, after)) return [after.id];
  return after.children.flatMap((child, index) => changedWithin(before.children[index] as Row, child));
}

const sameIds = (before: readonly Row[], after: readonly Row[]): boolean =>
  before.length === after.length && before.every((row, index) => row.id === after[index]?.id);

/** By everything that can be seen of the row itself. Node's own equality takes three times as long, and there may be hundreds of rows. */
const looksLike = (before: Row, after: Row): boolean =>
  isSame({ ...before, children: [] }, { ...after, children: [] });

/** The rows, by id, that got their first children and show them. */
export function firstChildren(before: readonly Row[], after: readonly Row[]): string[] {
  const barren = new Set(flat(before).flatMap(({ id, children }) => (children.length === 0 ? id : [])));
  return flat(after).flatMap(({ id, children, expanded }) =>
    expanded && children.length > 0 && barren.has(id) ? id : [],
  );
}

const flat = (rows: readonly Row[]): Row[] => rows.flatMap((row) => [row, ...flat(row.children)]);
