import type { Box } from './layout';
import type { ShownNode } from './shown';
import { fitted, svg } from './svg';

/** What a node is drawn of. */
export function nodeParts(node: ShownNode, { w, h }: Box): SVGElement[] {
  const { label, detail, uplink, spoken, layer, isOpen } = node;
  const room = w - 22;
  const parts: SVGElement[] = [
    svg('title', {}, spoken),
    svg('rect', { class: 'card', width: w, height: h }),
    svg('rect', { class: 'stripe', width: 4, height: h }),
  ];
  const big = layer === 1 || layer === 3 || isOpen !== undefined;
  const name = (text: string, y: number) =>
    svg('text', { class: ['label', big ? 'big' : ''].join(' '), x: isOpen === undefined ? 12 : 26, y }, text);
  if (isOpen !== undefined)
    parts.push(
      svg('path', { class: 'mark', d: isOpen ? `M11 ${h / 2 - 2}l4 5l4-5` : `M13 ${h / 2 - 4}l5 4l-5 4` }),
    );
  const quiet = (text: string, x: number, y: number, width: number) =>
    svg('text', { class: 'quiet', x, y }, fitted(text, width, 'quiet'));
  if (layer === 2 || isOpen !== undefined) {
    const said = fitted(label, detail === '' ? room - 10 : room * 0.45, 'label');
    parts.push(name(said, h / 2 + 4));
    if (detail !== '') parts.push(quiet(detail, 62, h / 2 + 4, room - 52));
    return parts;
  }
  const lines = uplink ? 3 : detail === '' ? 1 : 2;
  const first = h / 2 - (lines - 1) * 8 + 4;
  parts.push(name(fitted(label, room, 'label'), first));
  if (detail !== '') parts.push(quiet(detail, 12, first + 16, room));
  if (uplink)
    parts.push(
      svg('circle', { class: ['dot', uplink.look].join(' '), cx: 16, cy: first + 28, r: 4 }),
      quiet(uplink.text, 26, first + 32, room - 14),
    );
  return parts;
}

/** All by which it can be told whether a node is drawn as it is. */
export const nodeSign = (node: ShownNode, { x, y, w, h }: Box): string =>
  [
    ...[node.label, node.detail, node.uplink?.text, node.uplink?.look, node.look, node.spoken, node.reaches],
    ...[node.isOpen, node.menu?.viewItem, x, y, w, h],
  ].join('\n');
