import { worstFirst, type Finding, type Severity } from '../../model/finding';
import { oneLine } from '../hostText';
import { checkContext } from '../tree/contextValue';
import { facts } from '../tree/facts';
import type { Icon, Row } from '../tree/row';
import { categories, categoryOf } from './categories';

/** Category → check, worst first in both. */
export function readinessRows(hostId: string, findings: Finding[]): Row[] {
  const sorted = worstFirst(findings);
  const found = [...new Set(sorted.map(({ cause }) => categoryOf[cause]))];
  return found.map((category) => {
    const own = sorted.filter(({ cause }) => categoryOf[cause] === category);
    const worst = own[0]?.severity ?? 'pass';
    const summary = summaryOf(own);
    return {
      id: `${hostId}/checks/${category}`,
      label: categories[category],
      description: summary,
      icon: icons[worst],
      context: ';category;',
      spoken: `${categories[category]}: ${summary}`,
      tooltip: [],
      subject: { kind: 'other' },
      expanded: worst === 'error' || worst === 'warning',
      children: own.map((finding) => checkRow(hostId, finding)),
    };
  });
}

const icons: Record<Severity, Icon> = {
  error: { id: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  unknown: { id: 'question', color: 'disabledForeground' },
  info: { id: 'info', color: 'problemsInfoIcon.foreground' },
  pass: { id: 'pass', color: 'charts.green' },
};

const states: Record<Severity, string> = {
  error: 'failed',
  warning: 'warning',
  unknown: 'unknown',
  info: 'note',
  pass: 'passed',
};

function checkRow(hostId: string, finding: Finding): Row {
  const { id, subject, severity, title, explanation, fixes } = finding;
  const state = states[severity];
  return {
    id: `${hostId}/check/${id}/${subject}`,
    label: oneLine(title),
    description: oneLine([state, ...(subject === 'host' ? [] : [subject])].join(' · ')),
    icon: icons[severity],
    context: checkContext(finding),
    spoken: oneLine(`${title}, ${state}${subject === 'host' ? '' : `, about ${subject}`}`),
    tooltip: facts([
      ['Check', title],
      ['Result', state],
      ['Why', explanation],
      ...fixes.map(({ summary }): [string, string] => ['To do', summary]),
    ]),
    subject: { kind: 'check', id, about: subject },
    opens: 'sriov.readiness.showFix',
    children: [],
  };
}

/** `1 failed, 2 warnings, 11 passed`; what didn't happen isn't named. */
export function summaryOf(findings: Finding[]): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const parts = [
    [count('error'), 'failed', 'failed'],
    [count('warning'), 'warning', 'warnings'],
    [count('unknown'), 'unknown', 'unknown'],
    [count('info'), 'note', 'notes'],
    [count('pass'), 'passed', 'passed'],
  ] as const;
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
  return said.join(', ') || 'nothing to check';
}

/** The number on the view's icon. */
export const failures = (findings: Finding[]): number =>
  findings.filter(({ severity }) => severity === 'error').length;
