import type { Box } from './layout';

const margin = 24;

/** The part of the picture that is in sight: it is scrolled, and drawn larger or smaller. */
export class Viewport {
  private scale = 1;
  private size = { width: 1, height: 1 };

  constructor(
    private readonly element: HTMLElement,
    private readonly picture: SVGSVGElement,
    private readonly changed: (scale: number) => void,
  ) {
    element.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
  }

  get now(): { scale: number; left: number; top: number } {
    const { scrollLeft: left, scrollTop: top } = this.element;
    return { scale: this.scale, left, top };
  }

  /** What of the picture is in sight, from top to bottom, with half as much again above and below: it can be moved before it is drawn. */
  get sight(): { top: number; bottom: number } {
    const { scrollTop, clientHeight } = this.element;
    return {
      top: (scrollTop - clientHeight / 2) / this.scale,
      bottom: (scrollTop + 1.5 * clientHeight) / this.scale,
    };
  }

  /** Moves as far as it takes to bring a box into sight. */
  reach({ x, y, w, h }: Box): void {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.element;
    const into = (at: number, size: number, from: number, room: number): number => {
      const [begin, end] = [at * this.scale - margin, (at + size) * this.scale + margin];
      return begin < from ? begin : end > from + room ? Math.min(begin, end - room) : from;
    };
    this.element.scrollTo(into(x, w, scrollLeft, clientWidth), into(y, h, scrollTop, clientHeight));
  }

  /** The picture may be larger than it was. */
  resize(width: number, height: number): void {
    if (this.size.width === width && this.size.height === height) return;
    this.size = { width, height };
    this.apply();
  }

  restore({ scale, left, top }: { scale: number; left: number; top: number }): void {
    this.setScale(scale);
    this.element.scrollTo(left, top);
  }

  /** As wide as the page, as long as it can be read. */
  begin(): void {
    this.setScale(Math.min(1, Math.max(0.75, this.element.clientWidth / this.size.width)));
  }

  /** All of it. */
  fit(): void {
    const { clientWidth, clientHeight } = this.element;
    this.setScale(Math.min(1.5, clientWidth / this.size.width, clientHeight / this.size.height));
    this.element.scrollTo(0, 0);
  }

  /** @param at what stays where it is, in the page; the middle of what is in sight where nothing is given */
  zoom(factor: number, at?: { x: number; y: number }): void {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    const [x, y] = at ? [at.x - left, at.y - top] : [width / 2, height / 2];
    const { scrollLeft, scrollTop } = this.element;
    const before = this.scale;
    this.setScale(before * factor);
    const by = this.scale / before;
    this.element.scrollTo((scrollLeft + x) * by - x, (scrollTop + y) * by - y);
  }

  pan(x: number, y: number): void {
    this.element.scrollBy(x, y);
  }

  private setScale(scale: number): void {
    this.scale = Math.min(3, Math.max(0.04, scale));
    this.apply();
    this.changed(this.scale);
  }

  private apply(): void {
    const { picture, scale, size } = this;
    picture.setAttribute('width', `${Math.round(size.width * scale)}`);
    picture.setAttribute('height', `${Math.round(size.height * scale)}`);
    picture.classList.toggle('far', scale < 0.5);
    picture.classList.toggle('farther', scale < 0.3);
  }

  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
  }
}
