import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Row } from './row';

/** A row as VS Code draws it. */
export function treeItem(row: Row): TreeItem {
  const item = new TreeItem(row.label, collapsibleState(row));
  item.id = row.id;
  item.description = row.description;
  item.iconPath = new ThemeIcon(row.icon.id, row.icon.color ? new ThemeColor(row.icon.color) : undefined);
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  if (row.opens) item.command = { command: row.opens, title: '', arguments: [row.id] };
  return item;
}

function collapsibleState({ children, expanded }: Row): TreeItemCollapsibleState {
  if (children.length === 0) return TreeItemCollapsibleState.None;
  return expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/** One fact a line. Names and values come from the host: they are text, never markup, and no link in them works. */
export function tooltipOf(facts: readonly [string, string][]): MarkdownString {
  const text = new MarkdownString(undefined, false);
  text.isTrusted = false;
  text.supportHtml = false;
  for (const [name, value] of facts)
    text
      .appendMarkdown('**')
      .appendText(name)
      .appendMarkdown(':** ')
      .appendText(value)
      .appendMarkdown('  \n');
  return text;
}
