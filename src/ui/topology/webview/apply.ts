import type { Difference, Picture } from '../messages';

/** A picture after a difference. What is the same in it stays the same object. */
export const applied = (before: Picture, { nodes, links, hairpins }: Difference): Picture => ({
  nodes: part(before.nodes, nodes),
  links: part(before.links, links),
  hairpins: hairpins ?? before.hairpins,
});

function part<T extends { id: string }>(
  before: readonly T[],
  { set, gone, order }: { set: T[]; gone: string[]; order: string[] | undefined },
): T[] {
  const all = new Map(before.map((one) => [one.id, one]));
  for (const id of gone) all.delete(id);
  for (const one of set) all.set(one.id, one);
  return order ? order.flatMap((id) => all.get(id) ?? []) : [...all.values()];
}
