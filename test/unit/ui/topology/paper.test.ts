import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { paper } from '../../../../src/ui/topology/webview/paper';

const style = readFileSync('src/ui/topology/webview/picture.css', 'utf8');
const printed = paper({ width: 900, height: 400 });
const colors = new Map(
  [...printed.matchAll(/(--vscode-[\w-]+):(#\w{6})/g)].map(([, name = '', color = '']) => [name, color]),
);
/** What has no colour, stands in for another one, or is only there while somebody works with the picture. */
const offPaper = /-(font-family|list-\w+|focusBorder|contrastActiveBorder|widget-border|panel-border)$/;

describe('a picture that was saved', () => {
  test('what is printed can be read on white paper, whatever the theme', () => {
    const asked = [...new Set(style.match(/--vscode-[\w-]+/g))].filter((name) => !offPaper.test(name));
    expect(asked.filter((name) => !colors.has(name))).toEqual([]);
    const inks = [...colors].filter(([name]) => !name.endsWith('-background'));
    expect(inks.filter(([, color]) => contrastOnWhite(color) < 4.5)).toEqual([]);
  });

  test('is as wide as the paper, which lies where the picture does', () => {
    expect(printed).toMatch(/svg\.topology\{width:100%;height:auto/);
    expect(printed).toContain('@page{size:landscape}');
    expect(paper({ width: 400, height: 900 })).not.toContain('@page');
  });
});

/** As WCAG defines it. */
function contrastOnWhite(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}
