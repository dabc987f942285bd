import type { Hairpin, Link, Texts } from '../messages';
import { filled } from './filled';
import type { Layout } from './layout';
import { nodeParts, nodeSign } from './nodeParts';
import type { Shown, ShownNode } from './shown';
import { fitted, svg } from './svg';

/** A part of the picture, and from where to where it reaches. */
interface Part {
  element: SVGGElement;
  top: number;
  bottom: number;
}

const everywhere = { top: -Infinity, bottom: Infinity };

/**
 * The picture as it is drawn: whatever is drawn already as it is now stays the same element, and keeps the keyboard. What is out of sight is not in the
 * document, which could not be moved smoothly with thousands of elements in it.
 */
export class Drawing {
  readonly root = svg('svg', { class: 'topology', role: 'group' });
  private readonly layers = ['back', 'wires', 'front'].map((name) => svg('g', { class: name }));
  private drawn = new Map<string, { element: SVGGElement; sign: string }>();
  private parts: [back: Part[], wires: Part[], front: Part[]] = [[], [], []];

  constructor(private readonly texts: Texts) {
    this.root.append(...this.layers);
  }

  /** Makes what isn't as it is to be; returns the ids of the nodes that are otherwise than before. What is in sight is said with `see`. */
  draw(shown: Shown, layout: Layout): string[] {
    this.root.setAttribute('viewBox', `0 0 ${layout.width} ${layout.height}`);
    const before = this.drawn;
    this.drawn = new Map();
    const changed = new Set<string>();
    const keep = (key: string, sign: string, look: string, make: () => SVGElement[]): SVGGElement => {
      const known = before.get(key);
      const element = known?.element ?? svg('g', {});
      if (known?.sign !== sign) {
        const marks = [...element.classList].filter((one) => marked.includes(one));
        element.setAttribute('class', [look, ...marks].join(' '));
        // Or what is read out has no space between its texts.
        element.replaceChildren(...make().flatMap((one) => [one, ' ']));
        if (known) changed.add(key);
      }
      this.drawn.set(key, { element, sign });
      return element;
    };
    this.parts = [
      [...this.columns(layout, keep), ...this.tints(layout, keep), ...trunks(layout, keep)],
      [
        ...shown.links.flatMap((link) => wire(link, layout, keep)),
        ...shown.hairpins.flatMap((one) => turning(one, layout, keep)),
      ],
      shown.nodes.flatMap((node) => {
        const box = layout.nodes.get(node.id);
        if (!box) return [];
        const key = `node:${node.id}`;
        const look = ['node', node.look, node.isOpen === undefined ? '' : 'many'].join(' ').trim();
        const element = keep(key, nodeSign(node, box), look, () => nodeParts(node, box));
        if (!before.has(key) || changed.has(key)) {
          name(element, node);
          element.setAttribute('transform', `translate(${box.x} ${box.y})`);
        }
        return { element, top: box.y, bottom: box.y + box.h };
      }),
    ];
    return shown.nodes.flatMap(({ id }) => (changed.has(`node:${id}`) ? id : []));
  }

  /** Puts what reaches into a part of the picture into the document, and the nodes that must be there anyway. */
  see({ top, bottom }: { top: number; bottom: number }, always: readonly string[] = []): void {
    const kept = new Set(always.map((id) => this.node(id)));
    this.parts.forEach((parts, at) => {
      const there = parts.filter(
        (part) => (part.bottom >= top && part.top <= bottom) || kept.has(part.element),
      );
      place(
        this.layers[at],
        there.map(({ element }) => element),
      );
    });
  }

  node(id: string): SVGGElement | undefined {
    return this.drawn.get(`node:${id}`)?.element;
  }

  link(id: string): SVGGElement | undefined {
    return this.drawn.get(`link:${id}`)?.element;
  }

  private columns(layout: Layout, keep: Keep): Part[] {
    return layout.columns.map((x, at) => ({
      element: keep(`column:${at}`, `${x}`, '', () => [
        svg('text', { class: ['column', 'big'].join(' '), x, y: 24 }, this.texts.layers[at]),
      ]),
      ...{ top: 0, bottom: 30 },
    }));
  }

  private tints(layout: Layout, keep: Keep): Part[] {
    const known = [...new Set(layout.vlans.map(({ vlan }) => vlan))].sort((a, b) => a - b);
    return layout.vlans.map(({ id, vlan, box: { x, y, w, h } }) => ({
      element: keep(
        `vlan:${id}`,
        [vlan, x, y, w, h].join(' '),
        ['tint', `tint-${known.indexOf(vlan) % 6}`].join(' '),
        () => [
          svg('rect', { x, y, width: w, height: h }),
          svg('text', { x: x + 10, y: y + 14 }, filled(this.texts.vlan, vlan)),
        ],
      ),
      ...{ top: y, bottom: y + h },
    }));
  }
}

type Keep = (key: string, sign: string, look: string, make: () => SVGElement[]) => SVGGElement;

/** Classes that say something for now. */
const marked = ['selected', 'lit', 'target', 'changed'];

function name(element: SVGGElement, { id, spoken, reaches, isOpen, menu, look }: ShownNode): void {
  const texts = [...element.querySelectorAll('text')].map(({ textContent }) => textContent);
  const given: Record<string, string | undefined> = {
    'data-node': id,
    role: 'button',
    // What is seen is what it is called by; what isn't seen comes after it.
    'aria-label': texts.join(' '),
    'aria-description': [spoken, reaches].filter(Boolean).join(', ').slice(0, 600),
    'aria-expanded': isOpen === undefined ? undefined : `${isOpen}`,
    'data-look': look,
    'data-vscode-context': JSON.stringify({
      preventDefaultContextMenuItems: true,
      ...menu,
      ...(menu && { row: id }),
    }),
  };
  for (const [key, value] of Object.entries(given))
    if (value === undefined) element.removeAttribute(key);
    else element.setAttribute(key, value);
  if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
}

const trunks = ({ trunks: all }: Layout, keep: Keep): Part[] =>
  [...all].map(([id, path]) => ({
    element: keep(`trunk:${id}`, path, '', () => [svg('path', { class: 'trunk', d: path })]),
    ...everywhere,
  }));

function wire(link: Link, layout: Layout, keep: Keep): Part[] {
  const { id, look, kind, name: called, state, vlan, rate, how } = link;
  const route = layout.links.get(id);
  if (!route) return [];
  const { path, x, y, width, top, bottom } = route;
  const says = [called, how, state, vlan, rate].filter(Boolean).join(' · ');
  const element = keep(`link:${id}`, [look, kind, says, path, width].join('\n'), look, () => [
    svg('path', { class: ['wire', kind, look].join(' '), d: path }),
    svg('text', { class: 'says', x, y }, fitted(says, width - 8, 'quiet')),
  ]);
  return [{ element, top, bottom }];
}

/** With the sign of a turn at its top. */
function turning({ id, spoken }: Hairpin, layout: Layout, keep: Keep): Part[] {
  const route = layout.hairpins.get(id);
  if (!route) return [];
  const { path, x, y } = route;
  const element = keep(`hairpin:${id}`, `${path}\n${spoken}`, '', () => [
    svg('title', {}, spoken),
    svg('path', { class: 'hairpin', d: path }),
    svg('text', { class: 'turn', x, y }, '⇄'),
  ]);
  return [{ element, ...everywhere }];
}

/** Puts elements in their order, and moves none that is in its place. */
function place(parent: SVGGElement | undefined, elements: SVGGElement[]): void {
  if (!parent) return;
  const wanted = new Set<Element>(elements);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const element of elements)
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
}
