import { fakeVscode } from '../test/unit/ui/fakeTreeView.ts';

/** What the product's rows and trees take from VS Code, bundled with them. */
export const {
  l10n,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} = fakeVscode({ view: undefined });
