import type { Difference, FromTopology, Kept, Picture, Texts } from '../messages';
import { applied } from './apply';
import { Drawing } from './drawing';
import { exportedPng, exportedSvg } from './exporting';
import { filled } from './filled';
import { layout, type Layout } from './layout';
import { Marks } from './marks';
import { moved, moveOf } from './moves';
import { listenToPointer, nodeAt } from './pointer';
import { shown, type Shown } from './shown';
import { fillTable } from './table';
import { Viewport } from './viewport';

const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const nothing: Picture = { nodes: [], links: [], hairpins: [] };

/** What is shown of a picture, and what a person does with it. */
export class Stage {
  isBegun = false;
  private host = '';
  private picture = nothing;
  /** The nodes that a filter leaves; null: all. */
  private found: ReadonlySet<string> | null = null;
  private readonly open = new Set<string>();
  private isTable = false;
  private isHeld = false;
  private now: { shown: Shown; layout: Layout } | undefined;
  private readonly drawing: Drawing;
  private readonly marks: Marks;
  private readonly viewport: Viewport;

  constructor(
    private readonly texts: Texts,
    private readonly say: (message: FromTopology) => void,
    private readonly keep: () => void,
  ) {
    this.drawing = new Drawing(texts);
    this.marks = new Marks(this.drawing, (id) => this.reach(id));
    const { root } = this.drawing;
    root.setAttribute('aria-labelledby', 'title');
    find('view').append(root);
    this.viewport = new Viewport(find('view'), root, (scale) => {
      find('zoom').textContent = filled(texts.zoom, Math.round(scale * 100));
      this.see();
    });
    find('view').addEventListener('scroll', () => this.see());
    new ResizeObserver(() => this.see()).observe(find('view'));
    root.addEventListener('keydown', (event) => this.key(event));
    listenToPointer(root, this.viewport, {
      click: (node) => this.click(node),
      drop: (node, onto) => say({ kind: 'drop', node, onto }),
      hold: (isHeld) => {
        this.isHeld = isHeld;
        if (!isHeld) this.draw();
      },
      canDrag: (id) => this.node(id)?.menu !== undefined,
      canTake: (id) => this.node(id)?.menu !== undefined,
    });
    const theme = () =>
      root.classList.toggle(
        'contrast',
        [...document.body.classList].some((one) => one.includes('contrast')),
      );
    new MutationObserver(theme).observe(document.body, { attributeFilter: ['class'] });
    theme();
  }

  get kept(): Omit<Kept, 'filter'> {
    const { host, open, isTable: table, viewport } = this;
    return { host, open: [...open], table, ...viewport.now };
  }

  begin(host: string, picture: Picture, kept: Kept | undefined): void {
    const isFirst = !this.isBegun;
    this.isBegun = true;
    this.host = host;
    this.picture = picture;
    if (isFirst) for (const id of kept?.open ?? []) this.open.add(id);
    this.draw();
    if (!isFirst) return;
    if (kept) this.viewport.restore(kept);
    else this.viewport.begin();
    this.showTable(kept?.table ?? false);
  }

  change(difference: Difference): void {
    this.picture = applied(this.picture, difference);
    if (this.isHeld) return;
    this.marks.flash(this.draw());
  }

  filter(nodes: string[] | null): void {
    this.found = nodes && new Set(nodes);
    if (this.isHeld) return;
    this.draw();
  }

  /** What was selected in a tree; where it is folded, what stands for it. */
  select(ids: string[]): void {
    const { shown: all } = this.now ?? {};
    if (!all) return;
    this.marks.select(
      ids.map((id) => all.stands.get(id) ?? id),
      all,
    );
    const [first] = this.marks.selected;
    if (first === undefined) return;
    if (!this.drawing.root.contains(document.activeElement)) this.marks.makeCurrent(first);
    this.reach(first);
  }

  async press(what: string): Promise<void> {
    switch (what) {
      case 'larger':
        return this.viewport.zoom(1.25);
      case 'smaller':
        return this.viewport.zoom(0.8);
      case 'zoom':
        return this.viewport.zoom(1 / this.viewport.now.scale);
      case 'fit':
        return this.viewport.fit();
      case 'table':
        this.showTable(!this.isTable);
        return this.keep();
      case 'svg':
        return this.say({ kind: 'save', type: 'svg', content: this.exported() });
      case 'png':
        return this.say({
          kind: 'save',
          type: 'png',
          content: await exportedPng(this.exported(), this.size),
        });
    }
  }

  private get size(): { width: number; height: number } {
    return this.now?.layout ?? { width: 1, height: 1 };
  }

  /** All of it, whatever is in sight. */
  private exported(): string {
    this.drawing.see({ top: -Infinity, bottom: Infinity });
    const text = exportedSvg(this.drawing.root, this.size);
    this.see();
    return text;
  }

  /** Draws what is in sight now. */
  private see(): void {
    this.drawing.see(this.viewport.sight, this.marks.inUse);
    this.keep();
  }

  private reach(id: string): void {
    const box = this.now?.layout.nodes.get(id);
    if (box) this.viewport.reach(box);
    this.see();
  }

  private node(id: string) {
    return this.now?.shown.nodes.find((one) => one.id === id);
  }

  /** Returns the nodes that are otherwise than before. */
  private draw(): string[] {
    const seen = this.seen();
    const isFiltered = this.found !== null;
    const all = shown(seen, isFiltered ? everything : this.open, this.texts);
    const where = layout(all);
    const hadFocus = nodeAt(document.activeElement);
    const before = this.now;
    this.now = { shown: all, layout: where };
    const changed = this.drawing.draw(all, where);
    this.viewport.resize(where.width, where.height);
    this.marks.renew(all, before?.shown);
    this.see();
    if (hadFocus !== undefined && nodeAt(document.activeElement) !== hadFocus)
      this.marks.focusNear(hadFocus, all);
    find('nothing').hidden = !isFiltered || seen.nodes.length > 0;
    if (this.isTable) this.fill(seen);
    return changed;
  }

  /** What a filter leaves. */
  private seen(): Picture {
    const { picture, found } = this;
    if (found === null) return picture;
    return {
      nodes: picture.nodes.filter(({ id }) => found.has(id)),
      links: picture.links.filter(({ from, to }) => found.has(from) && found.has(to)),
      hairpins: picture.hairpins.filter(({ vfs }) => vfs.every((id) => found.has(id))),
    };
  }

  private click(id: string): void {
    const node = this.node(id);
    if (!node || !this.now) return;
    this.marks.makeCurrent(id);
    this.drawing.node(id)?.focus({ preventScroll: true });
    if (node.isOpen !== undefined) return this.toggle(id);
    this.marks.select([id], this.now.shown);
    this.say({ kind: 'select', node: id });
  }

  private toggle(id: string): void {
    if (!this.open.delete(id)) this.open.add(id);
    this.draw();
    this.keep();
  }

  private key(event: KeyboardEvent): void {
    const id = nodeAt(event.target);
    if (id === undefined || !this.now || event.ctrlKey || event.metaKey || event.altKey) return;
    const { shown: all, layout: where } = this.now;
    const move = moveOf(event.key);
    const next = move && moved(all, where, id, move);
    if (next !== undefined) this.marks.focus(next);
    else if (event.key === ' ') this.click(id);
    else if (event.key === 'Enter') this.enter(id);
    else if (event.key === 'Escape') this.back(id);
    else if (event.key === '+' || event.key === '=') this.viewport.zoom(1.25);
    else if (event.key === '-') this.viewport.zoom(0.8);
    else if (event.key === '0') this.viewport.fit();
    else if (move === undefined) return;
    event.preventDefault();
  }

  /** Opens what stands for many; of one thing, it selects it and shows what can be done with it. */
  private enter(id: string): void {
    this.click(id);
    const element = this.drawing.node(id);
    if (this.node(id)?.menu === undefined || !element) return;
    const { left, bottom } = element.getBoundingClientRect();
    element.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, clientX: left + 8, clientY: bottom }),
    );
  }

  /** One step back: out of what was opened, then from what is selected. */
  private back(id: string): void {
    const around = [...this.open].find((group) => {
      const closed = new Set(this.open);
      closed.delete(group);
      return shown(this.seen(), closed, this.texts).stands.get(id) === group || group === id;
    });
    if (around !== undefined) {
      this.toggle(around);
      return this.marks.focus(around);
    }
    if (this.now) this.marks.select([], this.now.shown);
  }

  private showTable(isTable: boolean): void {
    this.isTable = isTable;
    find('list').hidden = !isTable;
    find('view').hidden = isTable;
    find('table').setAttribute('aria-pressed', `${isTable}`);
    if (isTable) this.fill(this.seen());
  }

  private fill(picture: Picture): void {
    fillTable(find<HTMLTableElement>('rows').tBodies[0] as HTMLTableSectionElement, picture);
  }
}

/** While a filter says what is shown, nothing is folded. */
const everything: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true });
