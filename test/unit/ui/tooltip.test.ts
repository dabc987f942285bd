import { expect, test, vi } from 'vitest';

/** What VS Code is given as markup, and what as text. */
const given = vi.hoisted(() => ({ markup: '', text: '' }));
vi.mock('vscode', () => ({
  MarkdownString: class {
    appendMarkdown(markup: string) {
      given.markup += markup;
      return this;
    }
    appendText(text: string) {
      given.text += text;
      return this;
    }
  },
}));
const { tooltipOf } = await import('../../../src/ui/tree/treeItem');

test('neither the name nor the value of a fact is markup: a container names its interfaces itself', () => {
  tooltipOf([
    ['[eth1](x:y)', 'no address'],
    ['Image', '![a](https://b)'],
  ]);
  expect(given.text).toBe('[eth1](x:y)no addressImage![a](https://b)');
  expect(given.markup).not.toMatch(/[[\]()]/);
});
