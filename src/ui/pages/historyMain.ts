import { l10n } from 'vscode';
import type { JournalEntry, PastChange } from '../../model/journal';
import { allFunctions, type HostSnapshot } from '../../model/snapshot';
import type { KeptChange } from '../changes/keptChanges';
import { buttons, folded, moment, tag, type Html } from './html';
import { stepList } from './stepList';
import { stepTable } from './stepTable';

export interface HistoryView {
  name: string;
  /** What is typed into the filter when the page opens. */
  words: string;
  /** Newest first. */
  rows: HistoryRow[];
  /** To find changes by the names that functions and containers have now. */
  snapshot: HostSnapshot | undefined;
}

interface HistoryRow {
  past: PastChange;
  kept: KeptChange | undefined;
  /** Why it can't be undone; undefined where it can. */
  why: string | undefined;
}

/** The page of a host's changes, from the top. */
export function historyMain({ name, words, rows, snapshot }: HistoryView): Html[] {
  return [
    tag('h1', { id: 'title' }, name),
    tag(
      'div',
      { id: 'actions', role: 'search' },
      tag('label', { for: 'filter', id: 'filter-label' }, l10n.t('VF, container or words:')),
      tag('input', { id: 'filter', type: 'search', value: words }),
      ...buttons([{ press: 'refresh', label: l10n.t('Refresh') }]),
    ),
    tag(
      'p',
      { id: 'nothing', role: 'status', hidden: rows.length > 0 },
      rows.length === 0 ? l10n.t('No change has been made yet.') : l10n.t('No change matches.'),
    ),
    tag(
      'ol',
      { id: 'changes', 'aria-label': l10n.t('Changes, newest first') },
      rows.map((row) => item(row, snapshot)),
    ),
  ];
}

function item({ past, kept, why }: HistoryRow, snapshot: HostSnapshot | undefined): Html {
  const { id, title, by, at, outcome } = past;
  return tag(
    'li',
    { id: `change-${id}`, 'data-words': about(past, snapshot), class: outcome },
    tag('h2', { id: `change-${id}-title` }, title),
    tag(
      'p',
      { class: 'facts' },
      tag('span', { class: 'word' }, words[outcome]),
      ' · ',
      moment(at),
      ' · ',
      l10n.t('by {0}', by),
    ),
    kept && kept.ended !== '' && outcome !== 'done' && tag('pre', { class: 'said', tabindex: 0 }, kept.ended),
    why === undefined
      ? tag(
          'div',
          { role: 'group', 'aria-labelledby': `change-${id}-title` },
          ...buttons([{ press: 'undo', about: id, label: l10n.t('Undo…') }]),
        )
      : tag('p', { class: 'why' }, why),
    steps(past, kept),
  );
}

/** The steps as the host keeps them, with how they went as this window heard it. */
function steps({ id, plan }: PastChange, kept: KeptChange | undefined): Html | undefined {
  if (plan)
    return folded(
      `steps-${id}`,
      l10n.t('Steps'),
      stepTable(`table-${id}`, plan, kept?.steps),
      !kept &&
        tag('p', { class: 'why' }, l10n.t('The output of the steps is kept where the change was made.')),
    );
  return kept && folded(`steps-${id}`, l10n.t('Steps'), stepList(kept.steps));
}

const words: Record<JournalEntry['outcome'], string> = {
  done: l10n.t('done'),
  undone: l10n.t('failed or cancelled, and undone'),
  stuck: l10n.t('failed, and only partly undone'),
  refused: l10n.t('not started'),
  pending: l10n.t('not finished'),
};

/** All that it can be found by: what it says, and what the things that it touched are called now. */
function about({ title, by, plan }: PastChange, snapshot: HostSnapshot | undefined): string {
  const touched = plan?.locks.filter(({ mode }) => mode === 'exclusive').map(({ pci }) => pci) ?? [];
  const owners = [plan?.namespace, plan?.from].flatMap((one) => one?.owner?.containerId ?? []);
  const functions = snapshot ? [...snapshot.pfs, ...allFunctions(snapshot)] : [];
  return [
    ...[title, by, ...touched, ...owners],
    ...functions.filter(({ pci }) => touched.includes(pci)).flatMap(({ name }) => name ?? []),
    ...(snapshot?.containers ?? []).filter(({ id }) => owners.includes(id)).map(({ name }) => name),
  ]
    .join(' ')
    .toLowerCase();
}
