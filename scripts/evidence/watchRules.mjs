import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import ts from 'typescript';

/**
 * Makes esbuild replace the regular expressions of the rules by those of watch.mjs: literals, and what is composed once.
 *
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
export const watchRules = (root) => ({
  name: 'watch-rules',
  setup: ({ onLoad }) =>
    onLoad({ filter: /src\/(?:diagnostics|boot)\// }, async ({ path }) => ({
      contents: watched(await readFile(path, 'utf8'), relative(root, path)),
      loader: 'ts',
    })),
});

/**
 * @param {string} text
 * @param {string} place
 */
function watched(text, place) {
  const file = ts.createSourceFile(place, text, ts.ScriptTarget.Latest, true);
  /** @type {{ from: number, to: number, by: string }[]} */
  const edits = [];
  /** @type {(node: ts.Node, once: boolean) => void} */
  const visit = (node, once) => {
    const from = node.getStart(file);
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      const made = `new Watched(${JSON.stringify(source)}, '${flags}', ${JSON.stringify(place)})`;
      edits.push({ from, to: node.end, by: made });
    } else if (once && ts.isNewExpression(node) && node.expression.getText(file) === 'RegExp') {
      const [pattern, flags] = node.arguments ?? [];
      const made = [pattern?.getText(file), flags?.getText(file) ?? "''", JSON.stringify(place)];
      edits.push({ from, to: node.end, by: `new Watched(${made.join(', ')})` });
    } else ts.forEachChild(node, (child) => visit(child, once && !ts.isFunctionLike(node)));
  };
  visit(file, true);
  return edits
    .reverse()
    .reduce((left, { from, to, by }) => `${left.slice(0, from)}${by}${left.slice(to)}`, text);
}
