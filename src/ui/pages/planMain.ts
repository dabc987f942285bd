import { l10n } from 'vscode';
import type { Outcome } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import type { ChangeRecord } from '../changes/changeRecord';
import { outcomeText } from '../changes/outcomeText';
import { lotTitle } from '../changes/several/lotTitle';
import { bullets, buttons, filled, folded, hole, section, tag, type Button, type Html } from './html';
import { stepTable } from './stepTable';

/** Where a plan is between being shown and having been made. */
export type PlanState =
  | { kind: 'planned'; notice?: string }
  | { kind: 'looking' }
  | { kind: 'refused'; why: string }
  | { kind: 'applying' }
  | { kind: 'made' }
  | { kind: 'undone' };

export interface PlanView {
  host: string;
  /** When the host was looked at that the plan is for. */
  seen: string | undefined;
  plans: Plan[];
  /** The programs of the plans, as soon as they are known. */
  scripts: string[];
  record: ChangeRecord | undefined;
  state: PlanState;
  canUndo: boolean;
}

/** The page of a plan, from the top. */
export function planMain(view: PlanView): Html[] {
  const { host, plans, record } = view;
  const [tone, text] = stateText(view);
  const all = (part: (plan: Plan) => string[]) => [...new Set(plans.flatMap(part))];
  const parts = [
    tag('h1', { id: 'title' }, lotTitle(plans)),
    tag('p', { id: 'where' }, l10n.t('on {0}', host), ...when(view)),
    tag('p', { id: 'state', role: 'status', 'aria-live': 'polite', tabindex: -1, class: tone }, text),
    tag('div', { id: 'actions', role: 'group', 'aria-labelledby': 'title' }, ...buttons(actions(view))),
    section('failure', l10n.t('What Went Wrong'), failure(record?.outcome)),
    section('losses', l10n.t('What Is Lost'), bullets(all(({ losses }) => losses))),
    section('warnings', l10n.t('Warnings'), bullets(all(({ doubts = [] }) => doubts))),
    section('notes', l10n.t('What to Know'), bullets(all(({ notes }) => notes))),
    ...stepSections(plans, record),
    section(
      'otherwise',
      l10n.t('When It Doesn’t Go as Planned'),
      tag(
        'p',
        {},
        l10n.t(
          'If a step fails, it and the steps before it are undone, the last one first. The host does that by itself, even if the connection is lost.',
        ),
      ),
      checks(all(({ preconditions }) => preconditions.map(({ otherwise }) => otherwise))),
    ),
    details(view),
  ];
  return parts.filter((part) => part !== undefined);
}

/** The moment that the plan is for, or at which it was begun. */
function when({ seen, record }: PlanView): (string | Html)[] {
  if (record?.began !== undefined) return [' · ', filled(l10n.t('started {0}', hole), record.began)];
  return seen === undefined ? [] : [' · ', filled(l10n.t('as it was {0}', hole), seen)];
}

function stepSections(plans: Plan[], record: ChangeRecord | undefined): (Html | undefined)[] {
  const begun = record?.plans ?? [];
  const titles = begun.map(({ plan }) => plan.title);
  const all = [
    ...begun.map(({ plan, steps }) => ({ plan, steps })),
    ...plans.filter(({ title }) => !titles.includes(title)).map((plan) => ({ plan, steps: undefined })),
  ];
  return all.map(({ plan, steps }, index) =>
    section(
      `steps-${index + 1}`,
      all.length === 1 ? l10n.t('Steps') : l10n.t('Steps: {0}', plan.title),
      stepTable(`steps-${index + 1}-table`, plan, steps),
    ),
  );
}

const checks = (all: string[]): Html | undefined =>
  all.length === 0
    ? undefined
    : tag(
        'div',
        {},
        tag('p', {}, l10n.t('Nothing is changed if any of these is true right before it begins:')),
        bullets(all),
      );

function details({ plans, scripts }: PlanView): Html | undefined {
  return section(
    'details',
    l10n.t('Details'),
    scripts.length > 0 &&
      folded(
        'program',
        l10n.t('The program that the host runs'),
        tag('pre', { tabindex: 0 }, scripts.join('\n\n')),
      ),
    folded('json', l10n.t('The plan as JSON'), tag('pre', { tabindex: 0 }, JSON.stringify(plans, null, 2))),
  );
}

function stateText({ state, record }: PlanView): [tone: string, text: string] {
  switch (state.kind) {
    case 'planned':
      return state.notice === undefined ? ['', l10n.t('Not applied yet.')] : ['warning', state.notice];
    case 'looking':
      return ['', l10n.t('Looking at the host…')];
    case 'refused':
      return ['error', state.why];
    case 'applying':
      return ['running', under(record)];
    case 'made':
      return record?.outcome ? ended(record.outcome) : record ? ['running', under(record)] : ['', ''];
    case 'undone':
      return ['', l10n.t('It was undone.')];
  }
}

/** Which step is under way. */
function under(record: ChangeRecord | undefined): string {
  const steps = record?.plans.at(-1)?.steps ?? [];
  const at = steps.findIndex(({ state }) => state === 'running' || state === 'undoing');
  const step = steps[at];
  if (!step) return l10n.t('Applying…');
  return step.state === 'undoing'
    ? l10n.t('Undoing step {0}: {1}', at + 1, step.title)
    : l10n.t('Step {0} of {1}: {2}', at + 1, steps.length, step.title);
}

function ended(outcome: Outcome): [tone: string, text: string] {
  const { severity, message } = outcomeText(outcome);
  return [severity, message];
}

/** What was said besides the sentence that the page begins with. */
function failure(outcome: Outcome | undefined): Html | undefined {
  if (outcome?.status !== 'undone' && outcome?.status !== 'stuck') return undefined;
  const { message, details } = outcomeText(outcome);
  const more = details.slice(message.length).trim();
  return more === '' ? undefined : tag('pre', { tabindex: 0 }, more);
}

function actions({ state, record, canUndo, scripts }: PlanView): Button[] {
  const isMade = state.kind === 'made' && record?.outcome !== undefined;
  const isDone = isMade && record?.outcome?.status === 'done';
  const isEnded = isMade || state.kind === 'undone';
  const isUnderWay =
    state.kind === 'applying' || state.kind === 'looking' || (state.kind === 'made' && !isMade);
  return [
    ...(state.kind === 'planned' ? [{ press: 'apply', label: l10n.t('Apply'), primary: true }] : []),
    ...(state.kind === 'applying' ? [{ press: 'cancel', label: l10n.t('Cancel and Undo') }] : []),
    ...(canUndo ? [{ press: 'undo', label: l10n.t('Undo'), primary: true }] : []),
    ...(!isDone && !isUnderWay && state.kind !== 'planned'
      ? [{ press: 'again', label: l10n.t('Plan Again') }]
      : []),
    ...(scripts.length > 0
      ? [
          { press: 'copy', label: l10n.t('Copy as Shell Script') },
          { press: 'save', label: l10n.t('Save…') },
        ]
      : []),
    ...(isEnded ? [{ press: 'history', label: l10n.t('Show Change History') }] : []),
  ];
}
