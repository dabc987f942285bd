import { l10n } from 'vscode';
import { worstFirst, type Finding, type Purpose, type Severity } from '../../model/finding';
import { keyOf, type FindingChanges } from '../../model/findingChanges';
import type { Readiness } from '../hosts/openHost';
import { oneLine } from '../hostText';
import { checkContext } from '../tree/contextValue';
import { facts } from '../tree/facts';
import type { Icon, Row } from '../tree/row';
import { categories, categoryOf } from './categories';

/** Category → check, worst first in both; then what was fixed since the run before. */
export function readinessRows(hostId: string, findings: Finding[], changes?: FindingChanges): Row[] {
  const isNew = new Set(changes?.new.map(keyOf));
  const sorted = worstFirst(findings);
  const found = [...new Set(sorted.map(categoryOf))];
  const rows = found.map((category): Row => {
    const own = sorted.filter((finding) => categoryOf(finding) === category);
    const worst = own[0]?.severity ?? 'pass';
    const summary = summaryOf(own);
    return {
      // The editor folds and unfolds a row that it knows as it was before; trouble makes it one to be unfolded.
      id: `${hostId}/checks/${category}/${worst}`,
      label: categories[category],
      description: summary,
      icon: icons[worst],
      context: ';category;',
      spoken: `${categories[category]}: ${summary}`,
      tooltip: [],
      subject: { kind: 'other' },
      expanded: worst === 'error' || worst === 'warning',
      children: own.map((finding) => checkRow(hostId, finding, isNew.has(keyOf(finding)))),
    };
  });
  return [...rows, ...(changes ? goneRows(hostId, changes) : [])];
}

const goneGroups = {
  fixed: { label: l10n.t('Fixed Since the Last Run'), icon: { id: 'check-all', color: 'charts.green' } },
  unseen: { label: l10n.t('No Longer Observed'), icon: { id: 'eye-closed', color: 'disabledForeground' } },
} as const;

/** What the run before found and this one doesn't. */
const goneRows = (hostId: string, changes: FindingChanges): Row[] =>
  (Object.keys(goneGroups) as (keyof typeof goneGroups)[]).flatMap((kind) => {
    const gone = changes[kind];
    const { label, icon } = goneGroups[kind];
    const plain = { icon, context: ';gone;', tooltip: [], subject: { kind: 'other' } as const };
    return gone.length === 0
      ? []
      : [
          {
            ...plain,
            id: `${hostId}/checks/${kind}`,
            label,
            description: String(gone.length),
            spoken: `${label}: ${gone.length}`,
            expanded: kind === 'fixed',
            children: gone.map(({ title, subject, ...finding }) => ({
              ...plain,
              id: `${hostId}/${kind}/${keyOf({ ...finding, subject })}`,
              label: oneLine(title),
              description: subject === 'host' ? '' : oneLine(subject),
              spoken: oneLine(`${title}, ${label}`),
              children: [],
            })),
          },
        ];
  });

/** `2 new, 1 fixed`, since the run before; empty when nothing changed. */
const changesSummary = (changes: FindingChanges | undefined): string =>
  [
    changes?.new.length ? l10n.t('{0} new', changes.new.length) : '',
    changes?.fixed.length ? l10n.t('{0} fixed', changes.fixed.length) : '',
  ]
    .filter(Boolean)
    .join(', ');

const icons: Record<Severity, Icon> = {
  error: { id: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  unknown: { id: 'question', color: 'disabledForeground' },
  info: { id: 'info', color: 'problemsInfoIcon.foreground' },
  pass: { id: 'pass', color: 'charts.green' },
};

/** How a check went, in a word. */
export const stateWords: Record<Severity, string> = {
  error: l10n.t('failed'),
  warning: l10n.t('warning'),
  unknown: l10n.t('unknown'),
  info: l10n.t('note'),
  pass: l10n.t('passed'),
};

function checkRow(hostId: string, finding: Finding, isNew: boolean): Row {
  const { id, subject, severity, title, explanation, fixes } = finding;
  const state = stateWords[severity];
  return {
    id: `${hostId}/check/${id}/${subject}`,
    label: oneLine(title),
    description: oneLine(
      [state, ...(isNew ? [l10n.t('new')] : []), ...(subject === 'host' ? [] : [subject])].join(' · '),
    ),
    icon: icons[severity],
    context: checkContext(finding),
    spoken: oneLine(
      [
        title,
        state,
        ...(isNew ? [l10n.t('new')] : []),
        ...(subject === 'host' ? [] : [l10n.t('about {0}', subject)]),
      ].join(', '),
    ),
    tooltip: facts([
      [l10n.t('Check'), title],
      [l10n.t('Result'), isNew ? l10n.t('{0}, new since the last run', state) : state],
      [l10n.t('Why'), explanation],
      ...fixes.map(({ summary }): [string, string] => [l10n.t('To do'), summary]),
    ]),
    subject: { kind: 'check', id, about: subject },
    opens: 'sriov.readiness.showFix',
    children: [],
  };
}

/** `1 failed, 2 warnings, 3 need administrative access, 11 passed`; what didn't happen isn't named. */
export function summaryOf(findings: Finding[]): string {
  const count = (kind: keyof typeof counted) => findings.filter((finding) => kindOf(finding) === kind).length;
  const said = (Object.keys(counted) as (keyof typeof counted)[]).flatMap((kind) => {
    const number = count(kind);
    return number > 0 ? [counted[kind](number)] : [];
  });
  return said.join(', ') || l10n.t('nothing to check');
}

/** What is unknown for want of rights is another thing than what nobody can tell. */
const kindOf = ({ severity, cause }: Finding): keyof typeof counted =>
  severity === 'unknown' && cause === 'not-permitted' ? 'barred' : severity;

const counted: Record<Severity | 'barred', (count: number) => string> = {
  error: (count) => l10n.t('{0} failed', count),
  warning: (count) => (count === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', count)),
  barred: (count) =>
    count === 1 ? l10n.t('1 needs administrative access') : l10n.t('{0} need administrative access', count),
  unknown: (count) => l10n.t('{0} unknown', count),
  info: (count) => (count === 1 ? l10n.t('1 note') : l10n.t('{0} notes', count)),
  pass: (count) => l10n.t('{0} passed', count),
};

const forPurpose: Record<Purpose, string> = {
  netdev: l10n.t('for containers'),
  vfio: l10n.t('for DPDK'),
  vm: l10n.t('for virtual machines'),
};

/** What stands beside the title: what changed since the run before, and for what it was judged. How it went stands above the rows. */
export const readinessDescription = ({ purpose, changes }: Readiness): string =>
  [changesSummary(changes), forPurpose[purpose]].filter(Boolean).join(' · ');

/** The number on the view's icon. */
export const failures = (findings: Finding[]): number =>
  findings.filter(({ severity }) => severity === 'error').length;
