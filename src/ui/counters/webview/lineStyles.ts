/** Where the theme's colours are read from. */
export type Colors = Pick<CSSStyleDeclaration, 'getPropertyValue'>;

const variables = ['blue', 'orange', 'green', 'purple', 'red', 'yellow', 'foreground', 'lines'];
const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 4], [6, 3, 1, 3, 1, 3], [4, 6], [1, 4]];

export interface LineStyle {
  color: string;
  dash: number[];
}

/** No two lines have the same colour, nor the same dashes: either alone tells them apart. */
export function lineStyle(colors: Colors, index: number): LineStyle {
  const color = colors.getPropertyValue(`--vscode-charts-${variables[index % variables.length]}`).trim();
  return {
    color: color || colors.getPropertyValue('--vscode-foreground').trim(),
    dash: dashes[index % dashes.length] ?? [],
  };
}

/** What a line is called beside its end and in the table. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

const svg = 'http://www.w3.org/2000/svg';

/** Draws a piece of the line into a cell, after its text. */
export function swatch(cell: HTMLElement, { color, dash }: LineStyle): void {
  let line = cell.querySelector('line');
  if (!line) {
    const picture = document.createElementNS(svg, 'svg');
    picture.setAttribute('viewBox', '0 0 36 8');
    picture.setAttribute('aria-hidden', 'true');
    line = document.createElementNS(svg, 'line');
    for (const [name, value] of [
      ['x1', '0'],
      ['x2', '36'],
      ['y1', '4'],
      ['y2', '4'],
      ['stroke-width', '2'],
    ] as const)
      line.setAttribute(name, value);
    picture.append(line);
    cell.append(picture);
  }
  line.setAttribute('stroke', color);
  line.setAttribute('stroke-dasharray', dash.join(' '));
}
