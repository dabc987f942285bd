import isSame from 'fast-deep-equal';
import type { Difference, Picture } from './messages';

/** What a page that shows one picture has to be told to show another; undefined where they are the same. */
export function difference(before: Picture, after: Picture): Difference | undefined {
  const nodes = part(before.nodes, after.nodes);
  const links = part(before.links, after.links);
  const hairpins = isSame(before.hairpins, after.hairpins) ? undefined : after.hairpins;
  const isOther = [nodes, links].some(
    ({ set, gone, order }) => set.length + gone.length > 0 || order !== undefined,
  );
  return isOther || hairpins ? { nodes, links, hairpins } : undefined;
}

function part<T extends { id: string }>(before: readonly T[], after: readonly T[]) {
  const known = new Map(before.map((one) => [one.id, one]));
  const now = new Set(after.map(({ id }) => id));
  const set = after.filter((one) => !isSame(known.get(one.id), one));
  const gone = before.flatMap(({ id }) => (now.has(id) ? [] : [id]));
  const left = before.flatMap(({ id }) => (now.has(id) ? [id] : []));
  // What is new comes last, unless an order says otherwise.
  const expected = [...left, ...set.flatMap(({ id }) => (known.has(id) ? [] : [id]))];
  const order = after.map(({ id }) => id);
  return { set, gone, order: isSame(expected, order) ? undefined : order };
}
