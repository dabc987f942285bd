/**
 * Makes an element show other markup. What is as it was stays the same element, so that nothing loses the keyboard, is folded again,
 * or is read out again.
 */
export function become(element: Element, markup: string): void {
  const next = new DOMParser().parseFromString(`<main>${markup}</main>`, 'text/html').querySelector('main');
  if (!next) return;
  const focused = document.activeElement?.id;
  children(element, next);
  // What had the keyboard may be gone, as a button is that was pressed: then how it goes on is what to read.
  if (focused && document.activeElement?.id !== focused)
    (document.getElementById(focused) ?? document.getElementById('state'))?.focus();
}

/** What is known by an id is kept; what has none is kept where it stands. */
function children(element: Element, next: Element): void {
  if (element.innerHTML === next.innerHTML) return;
  const before = [...element.childNodes];
  const after = [...next.childNodes].map((child, index) => {
    const old = counterpart(before, child, index);
    if (!(old instanceof Element) || !(child instanceof Element)) return child;
    attributes(old, child);
    children(old, child);
    return old;
  });
  for (const child of before) if (!after.includes(child)) child.remove();
  after.forEach((child, index) => {
    if (element.childNodes[index] !== child) element.insertBefore(child, element.childNodes[index] ?? null);
  });
}

function counterpart(before: ChildNode[], child: ChildNode, index: number): ChildNode | undefined {
  if (!(child instanceof Element)) return undefined;
  const old = child.id ? before.find((one) => one instanceof Element && one.id === child.id) : before[index];
  return old instanceof Element && old.tagName === child.tagName && old.id === child.id ? old : undefined;
}

/** What the person did to it is theirs: whether it is unfolded, and what was typed. */
const theirs = ['open', 'value', 'hidden'];

function attributes(element: Element, next: Element): void {
  for (const { name } of [...element.attributes])
    if (!next.hasAttribute(name) && !theirs.includes(name)) element.removeAttribute(name);
  for (const { name, value } of [...next.attributes])
    if (!theirs.includes(name) && element.getAttribute(name) !== value) element.setAttribute(name, value);
}
