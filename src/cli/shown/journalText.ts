import type { JournalEntry } from '../../model/journal';
import { elsewhere, styled, type Line, type Style, type View } from './styled';
import { table } from './table';

/** The changes made on a host, newest last. */
export const journalText = (entries: JournalEntry[], view: View = elsewhere): Line[] =>
  entries.length === 0
    ? [['No changes.']]
    : table(
        entries.map(({ at, outcome, by, title }) => ({
          cells: [view.when(at), styled(styles[outcome], outcome), by, title],
        })),
        view,
      ).flat();

const styles: Record<JournalEntry['outcome'], Style> = {
  done: 'good',
  undone: 'doubtful',
  stuck: 'bad',
  refused: 'quiet',
  pending: 'doubtful',
};
