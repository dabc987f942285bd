import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { linesOf, type Tooltip } from './facts';
import { linksOf, type Link } from './links';
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

/** What is known of a row, with what is beside it just now, and what can be done with it. */
export function rowTooltip(
  { id, tooltip: told, context }: Row,
  beside: Tooltip = [],
): MarkdownString | undefined {
  const links = linksOf(context);
  const tooltip = [...linesOf(told), ...beside];
  if (tooltip.length + links.length === 0) return undefined;
  return links.length === 0 ? tooltipOf(tooltip) : linkedTooltip(tooltip, links, id);
}

/** Facts, and below them links to commands, which get `words`; no other link works in it. */
export function linkedTooltip(
  lines: Tooltip,
  links: readonly Pick<Link, 'command' | 'title'>[],
  ...words: string[]
): MarkdownString {
  const text = tooltipOf(lines);
  text.isTrusted = { enabledCommands: links.map(({ command }) => command) };
  const given = words.length === 0 ? '' : `?${encoded(JSON.stringify(words))}`;
  const all = links.map(({ title, command }) => `[${title}](command:${command}${given})`);
  return text.appendMarkdown(`${separator}${all.join(' · ')}`);
}

/** Parentheses, too, which would end the address of a link: a namespace's name is part of a row's id. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);

const separator = '\n\n---\n\n';

/** One fact a line. Names and values come from the host: they are text, never markup, and no link in them works. */
export function tooltipOf(lines: Tooltip): MarkdownString {
  const text = new MarkdownString(undefined, false);
  text.isTrusted = false;
  text.supportHtml = false;
  for (const line of lines)
    if (typeof line === 'string')
      text.appendMarkdown(`${separator}*`).appendText(line).appendMarkdown('*  \n');
    else
      text
        .appendMarkdown('**')
        .appendText(line[0])
        .appendMarkdown(':** ')
        .appendText(line[1])
        .appendMarkdown('  \n');
  return text;
}
