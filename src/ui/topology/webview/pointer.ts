import { svg } from './svg';
import type { Viewport } from './viewport';

interface Deeds {
  /** A node was clicked. */
  click(node: string): void;
  /** What of a node may be dragged is dropped on another one. */
  drop(node: string, onto: string): void;
  /** While something is dragged the picture stands still, or what it is dropped on would be another node. */
  hold(isHeld: boolean): void;
  canDrag(node: string): boolean;
  canTake(node: string): boolean;
}

/** Less than this is a click, however unsteady the hand. */
const tremor = 5;

/** The mouse on the picture: it clicks nodes, drags them onto others, and moves the whole where there is none. */
export function listenToPointer(picture: SVGSVGElement, viewport: Viewport, deeds: Deeds): void {
  let begun: { x: number; y: number; node: string | undefined; moved: boolean } | undefined;
  let thread: SVGLineElement | undefined;
  let target: Element | undefined;

  picture.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    begun = { x: event.clientX, y: event.clientY, node: nodeAt(event.target), moved: false };
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener('pointermove', (event) => {
    if (!begun) return;
    const [x, y] = [event.clientX - begun.x, event.clientY - begun.y];
    if (!begun.moved && Math.hypot(x, y) < tremor) return;
    begun.moved = true;
    if (begun.node === undefined) {
      viewport.pan(-x, -y);
      begun.x = event.clientX;
      begun.y = event.clientY;
    } else if (deeds.canDrag(begun.node)) drag(event, begun.x, begun.y);
  });
  picture.addEventListener('pointerup', (event) => {
    const { node, moved } = begun ?? {};
    const onto = moved ? nodeAt(document.elementFromPoint(event.clientX, event.clientY)) : undefined;
    end();
    if (node === undefined) return;
    if (!moved) deeds.click(node);
    else if (onto !== undefined && onto !== node && deeds.canDrag(node)) deeds.drop(node, onto);
  });
  picture.addEventListener('pointercancel', end);
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && end());

  function drag(event: PointerEvent, x: number, y: number): void {
    const [from, to] = [inPicture(x, y), inPicture(event.clientX, event.clientY)];
    if (!thread) deeds.hold(true);
    thread ??= picture.appendChild(svg('line', { class: 'drag', x1: from.x, y1: from.y }));
    thread.setAttribute('x2', `${to.x}`);
    thread.setAttribute('y2', `${to.y}`);
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-node]') ?? undefined;
    const takes = over && deeds.canTake(over.getAttribute('data-node') ?? '') ? over : undefined;
    if (takes === target) return;
    target?.classList.remove('target');
    takes?.classList.add('target');
    target = takes;
  }

  function inPicture(x: number, y: number): DOMPoint {
    return new DOMPoint(x, y).matrixTransform(picture.getScreenCTM()?.inverse());
  }

  function end(): void {
    begun = undefined;
    if (thread) deeds.hold(false);
    thread?.remove();
    thread = undefined;
    target?.classList.remove('target');
    target = undefined;
  }
}

export const nodeAt = (target: EventTarget | null): string | undefined =>
  (target instanceof Element ? target.closest('[data-node]') : null)?.getAttribute('data-node') ?? undefined;
