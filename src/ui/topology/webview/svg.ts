/** An element of the picture. What a host says comes into it as text, never as markup. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number>,
  text?: string,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  if (text !== undefined) element.textContent = text;
  return element;
}

const canvas = document.createElement('canvas').getContext('2d');
const known = new Map<string, string>();

/** As much of a text as fits. */
export function fitted(text: string, width: number, font: 'label' | 'quiet'): string {
  const key = `${font} ${width} ${text.length} ${text.slice(0, 200)}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const fits = fitting(text.slice(0, 400), width, font);
  if (known.size > 20_000) known.clear();
  known.set(key, fits);
  return fits;
}

function fitting(text: string, width: number, font: 'label' | 'quiet'): string {
  if (!canvas) return text.slice(0, Math.floor(width / 7));
  const family = getComputedStyle(document.body).fontFamily;
  canvas.font = [...(font === 'label' ? ['600', '12px'] : ['11px']), family].join(' ');
  const isFit = (some: string) => canvas.measureText(some).width <= width;
  if (isFit(text)) return text;
  let [least, most] = [0, text.length];
  while (least < most) {
    const half = Math.ceil((least + most) / 2);
    if (isFit(`${text.slice(0, half)}…`)) least = half;
    else most = half - 1;
  }
  return `${text.slice(0, least)}…`;
}
