/** Has an element hold one child for each thing; children stay the same elements, so that nothing is read out or selected anew. */
export function fill<T>(
  parent: HTMLElement,
  tag: string,
  things: readonly T[],
  draw: (child: HTMLElement, thing: T, index: number) => void,
): void {
  while (parent.children.length > things.length) parent.lastElementChild?.remove();
  things.forEach((thing, index) => {
    const known = parent.children[index] as HTMLElement | undefined;
    draw(known ?? parent.appendChild(document.createElement(tag)), thing, index);
  });
}

/** Its children, each with its text: what a host says is never markup. */
export function filledRow(
  parent: HTMLElement,
  cells: readonly (readonly [tag: string, text: string])[],
): void {
  cells.forEach(([tag, text], index) => {
    const cell = (parent.children[index] ?? parent.appendChild(document.createElement(tag))) as HTMLElement;
    if (cell.textContent !== text) cell.textContent = text;
    if (tag === 'th') cell.setAttribute('scope', 'row');
  });
}
