import { l10n } from 'vscode';
import type { JournalEntry } from '../../model/journal';
import { lines, oneLine } from '../hostText';

/** The host's journal, newest first. */
export function historyText(host: string, entries: JournalEntry[]): string {
  const rows = [...entries]
    .reverse()
    .map(({ at, outcome, title, by }) => [at, outcome, by, title].map(oneLine));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const text = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines(
    [
      l10n.t('Changes of {0}, newest first', host),
      '',
      ...(text.length > 0 ? text : [l10n.t('None yet.')]),
      '',
    ].join('\n'),
  );
}
