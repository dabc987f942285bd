import type { Drawing } from './drawing';
import type { Shown } from './shown';

/** What is selected, which node the keyboard comes to, and what has just changed. */
export class Marks {
  selected: string[] = [];
  private readonly marked: Element[] = [];
  private current: string | undefined;

  constructor(
    private readonly drawing: Drawing,
    /** Brings a node into sight: one that is out of sight can't take the keyboard. */
    private readonly reach: (id: string) => void,
  ) {}

  /** The nodes that must be there, in sight or not: where the keyboard is, or comes to. */
  get inUse(): string[] {
    return this.current === undefined ? [] : [this.current];
  }

  select(ids: string[], shown: Shown): void {
    this.selected = ids;
    this.renew(shown);
  }

  /** Marks what is there now as what was there. */
  renew(shown: Shown, before?: Shown): void {
    for (const element of this.marked.splice(0)) {
      element.classList.remove('selected', 'lit');
      element.removeAttribute('aria-current');
    }
    const mark = (element: Element | undefined, as: string) => {
      if (!element) return;
      element.classList.add(as);
      this.marked.push(element);
    };
    if (before) this.selected = this.selected.map((id) => shown.stands.get(id) ?? id);
    for (const id of this.selected) {
      mark(this.drawing.node(id), 'selected');
      this.drawing.node(id)?.setAttribute('aria-current', 'true');
    }
    for (const id of along(shown, this.selected)) mark(this.drawing.link(id), 'lit');
    const [first] = shown.nodes;
    if (this.current === undefined || !this.drawing.node(this.current)) this.current = first?.id;
    if (this.current !== undefined) this.makeCurrent(this.current);
  }

  /** The one node that Tab comes to. */
  makeCurrent(id: string): void {
    if (this.current !== undefined && this.current !== id)
      this.drawing.node(this.current)?.setAttribute('tabindex', '-1');
    this.current = id;
    this.drawing.node(id)?.setAttribute('tabindex', '0');
  }

  focus(id: string): void {
    this.makeCurrent(id);
    this.reach(id);
    this.drawing.node(id)?.focus({ preventScroll: true });
  }

  /** What had the keyboard is gone: what stands for it has it, or what Tab comes to. */
  focusNear(id: string, { stands }: Shown): void {
    const near = stands.get(id) ?? this.current;
    if (near !== undefined) this.focus(near);
  }

  flash(ids: string[]): void {
    for (const id of ids) {
      const element = this.drawing.node(id);
      element?.classList.remove('changed');
      // The animation begins again only after a frame without the class.
      requestAnimationFrame(() => element?.classList.add('changed'));
    }
  }
}

/** The links that lead from and to what is selected, all the way to the left. */
function along({ links, nodes }: Shown, ids: readonly string[]): string[] {
  const of = new Map(nodes.flatMap((node) => (node.of === undefined ? [] : [[node.id, node.of]])));
  const from = new Set(ids);
  const all = links.filter((link) => from.has(link.from) || from.has(link.to));
  const sources = new Set([...all.map((link) => link.from), ...ids].flatMap((id) => [id, of.get(id) ?? id]));
  return [...all, ...links.filter(({ kind, to }) => kind === 'bus' && sources.has(to))].map(({ id }) => id);
}
