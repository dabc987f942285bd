import { l10n } from 'vscode';
import type { Plan } from '../../model/plan';
import { applyText, undoText, type Shown } from '../changes/stepText';
import type { StepRecord } from '../changes/changeRecord';
import { tag, type Html } from './html';

/** How one step went: what a record of it says, whether it is this window's or one that was kept. */
export type HowItWent = Pick<StepRecord, 'state' | 'failed' | 'said' | 'began' | 'took'>;

/**
 * The steps of a plan, each with its command and its undo; and how each went, where any began. Roles are written down: on a narrow
 * page the table is drawn as a list, and stays a table for who hears it.
 */
export function stepTable(id: string, plan: Plan, went: HowItWent[] | undefined): Html {
  const columns = [
    l10n.t('No.'),
    l10n.t('Step'),
    l10n.t('Command'),
    l10n.t('Undo'),
    ...(went ? [l10n.t('State')] : []),
  ];
  const row = ({ title, ...step }: Plan['steps'][number], index: number) => {
    const how = went?.[index];
    return tag(
      'tr',
      { id: `${id}-${index + 1}`, role: 'row', class: how && look(how) },
      cell(columns[0], 'number', index + 1),
      tag('th', { scope: 'row', role: 'rowheader', class: 'step' }, title),
      cell(columns[2], 'command', ...applyText(plan, { title, ...step }).map(shown)),
      cell(columns[3], 'undo', ...undoText(plan, { title, ...step }).map(shown)),
      how && cell(columns[4], 'state', ...stateText(how)),
    );
  };
  return tag(
    'table',
    { id, role: 'table' },
    tag(
      'thead',
      { role: 'rowgroup' },
      tag(
        'tr',
        { role: 'row' },
        ...columns.map((column) => tag('th', { scope: 'col', role: 'columnheader' }, column)),
      ),
    ),
    tag('tbody', { role: 'rowgroup' }, ...plan.steps.map(row)),
  );
}

type Children = Parameters<typeof tag> extends [unknown, unknown?, ...infer Rest] ? Rest : never;
const cell = (column: string | undefined, look: string, ...children: Children): Html =>
  tag('td', { role: 'cell', class: look, 'data-column': column }, ...children);

const shown = (one: Shown): Html =>
  'command' in one ? tag('code', {}, one.command) : tag('span', { class: 'words' }, one.words);

const look = ({ failed, state }: HowItWent): string => (failed ? 'failed' : state);

export function stateText(how: HowItWent): Html[] {
  const { state, failed, said, began, took } = how;
  const word = failed && state !== 'failed' ? l10n.t('failed, {0}', words[state]) : words[state];
  return [
    tag('span', { class: 'word' }, word),
    ...(state === 'running' && began !== undefined
      ? [tag('span', { class: 'took', 'data-running': Date.now() - began })]
      : took !== undefined
        ? [tag('span', { class: 'took' }, seconds(took))]
        : []),
    ...(said.length > 0 ? [tag('pre', { class: 'said' }, said.join('\n'))] : []),
  ];
}

const words: Record<HowItWent['state'], string> = {
  waiting: l10n.t('not started'),
  running: l10n.t('running'),
  done: l10n.t('done'),
  failed: l10n.t('failed'),
  undoing: l10n.t('being undone'),
  undone: l10n.t('undone'),
  'not-undone': l10n.t('could not be undone'),
  unknown: l10n.t('not known'),
};

const seconds = (milliseconds: number): string => l10n.t('{0} s', (milliseconds / 1000).toFixed(1));
