import type { Layout } from './layout';
import type { Shown, ShownNode } from './shown';

const moves = ['up', 'down', 'left', 'right', 'home', 'end'] as const;
export type Move = (typeof moves)[number];

/** What a key means: `ArrowUp` is up. */
export const moveOf = (key: string): Move | undefined =>
  moves.find((move) => move === key.toLowerCase().replace(/^arrow/, ''));

/** Where a key leads from a node: up and down within a layer, left and right along what connects; undefined: nowhere. */
export function moved(shown: Shown, { nodes: boxes }: Layout, from: string, move: Move): string | undefined {
  const node = shown.nodes.find(({ id }) => id === from);
  if (!node) return undefined;
  const top = ({ id }: Pick<ShownNode, 'id'>) => boxes.get(id)?.y ?? 0;
  const layer = shown.nodes.filter((one) => one.layer === node.layer).sort((a, b) => top(a) - top(b));
  const at = layer.indexOf(node);
  switch (move) {
    case 'up':
      return layer[at - 1]?.id;
    case 'down':
      return layer[at + 1]?.id;
    case 'home':
      return layer[0]?.id;
    case 'end':
      return layer.at(-1)?.id;
    case 'left':
    case 'right': {
      const beside = neighbours(shown, node, move);
      const nearest = beside.sort((a, b) => distance(a, node) - distance(b, node))[0];
      return nearest?.id;
    }
  }

  function distance(one: ShownNode, other: ShownNode): number {
    return Math.abs(top(one) - top(other));
  }
}

function neighbours({ nodes, links }: Shown, node: ShownNode, move: 'left' | 'right'): ShownNode[] {
  const isRight = move === 'right';
  const linked = new Set(
    links.flatMap(({ from, to }) =>
      isRight ? (from === node.id ? [to] : []) : to === node.id ? [from] : [],
    ),
  );
  return nodes.filter(({ id, of }) =>
    isRight ? linked.has(id) || of === node.id : linked.has(id) || id === node.of,
  );
}
