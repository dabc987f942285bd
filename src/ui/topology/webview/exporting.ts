import { paper } from './paper';
import style from './picture.css';

/** The whole picture as a file of its own: its style and the colours of now are in it, and those of paper for when it is printed. */
export function exportedSvg(
  picture: SVGSVGElement,
  { width, height }: { width: number; height: number },
): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', `${width}`);
  copy.setAttribute('height', `${height}`);
  copy.classList.remove('far', 'farther');
  for (const element of copy.querySelectorAll('[data-vscode-context], [tabindex]'))
    for (const name of ['data-vscode-context', 'tabindex']) element.removeAttribute(name);
  for (const element of copy.querySelectorAll('.selected, .lit, .changed'))
    element.classList.remove('selected', 'lit', 'changed');
  const sheet = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  sheet.textContent = [`:root{${colors()}}`, style, paper({ width, height })].join('\n');
  copy.prepend(sheet);
  return new XMLSerializer().serializeToString(copy);
}

/** What the theme says of each variable that the style asks for. */
function colors(): string {
  const now = getComputedStyle(document.documentElement);
  const asked = new Set(style.match(/--vscode-[\w-]+/g) ?? []);
  return [...asked]
    .map((name) => [name, now.getPropertyValue(name).trim()])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}:${value}`)
    .join(';');
}

/** What a canvas can hold; a larger picture is drawn smaller. */
const largest = 12_000;

/** The same as pixels, twice as many as on the screen where that can be; base64. */
export async function exportedPng(
  text: string,
  { width, height }: { width: number; height: number },
): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(2, largest / width, largest / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}
