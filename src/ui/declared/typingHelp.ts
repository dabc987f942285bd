import {
  CompletionItem,
  CompletionItemKind,
  Hover,
  MarkdownString,
  Range,
  l10n,
  type CompletionItemProvider,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import { pathAt } from '../../declared/pathAt';
import type { Declared } from '../../model/declared/declared';
import { hostName } from '../hosts/viewState';
import type { OpenHost } from '../hosts/openHost';
import { liveValues } from './liveValues';
import { proposals } from './proposals';

/** What is known of a file: as it was valid last, and the host that it is for. */
export interface Known {
  declared: Declared | undefined;
  host: OpenHost | undefined;
}

/** Proposes what the host has, and tells how it is now. */
export class TypingHelp implements CompletionItemProvider, HoverProvider {
  constructor(private readonly knownOf: (document: TextDocument) => Known) {}

  provideCompletionItems(document: TextDocument, position: Position): CompletionItem[] {
    const { declared = {}, host } = this.knownOf(document);
    const before = document.lineAt(position.line).text.slice(0, position.character);
    // A value begins behind one of these.
    const [, quote, typed] = /(?:^|[:[,{-])\s*(["']?)([^\s"'[\]{},]*)$/.exec(before) ?? [];
    const at = pathAt(document.getText(), document.offsetAt(position));
    if (!host?.snapshot || !at || at.isKey || typed === undefined) return [];
    const range = new Range(position.translate(0, -typed.length), position);
    return proposals(at.path, host.snapshot, declared).map(({ value, detail }) => {
      const item = new CompletionItem(String(value), CompletionItemKind.Value);
      item.detail = detail;
      item.insertText = quote || typeof value === 'number' ? String(value) : JSON.stringify(value);
      item.range = range;
      // What was typed has no quotes yet.
      item.filterText = String(value);
      return item;
    });
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const { declared, host } = this.knownOf(document);
    const offset = document.offsetAt(position);
    const at = pathAt(document.getText(), offset);
    if (!host?.snapshot || !declared || !at || offset < at.from || offset > at.to) return undefined;
    const lines = liveValues(at.path, host.snapshot, declared);
    if (lines.length === 0) return undefined;
    const text = new MarkdownString();
    // Whatever a host calls its things, it is text.
    text.appendText(l10n.t('Now on {0}:', hostName(host.id, host.snapshot)));
    for (const line of lines) text.appendMarkdown('\n\n').appendText(line);
    return new Hover(text, new Range(document.positionAt(at.from), document.positionAt(at.to)));
  }
}
