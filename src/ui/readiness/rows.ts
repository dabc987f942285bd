import { worstFirst, type Finding, type Severity } from '../../model/finding';
import { oneLine } from '../hostText';
import { checkContext } from '../tree/contextValue';
import { facts } from '../tree/facts';
import type { Icon, Row } from '../tree/row';

/** Category → check, worst first in both. The category is the first word of a check's id. */
export function readinessRows(hostId: string, findings: Finding[]): Row[] {
  const sorted = worstFirst(findings);
  const categories = [...new Set(sorted.map(categoryOf))];
  return categories.map((category) => {
    const own = sorted.filter((finding) => categoryOf(finding) === category);
    const worst = own[0]?.severity ?? 'pass';
    const label = titles[category] ?? capitalised(category);
    const summary = summaryOf(own);
    return {
      id: `${hostId}/checks/${category}`,
      label,
      description: summary,
      icon: icons[worst],
      context: ';category;',
      spoken: `${label}: ${summary}`,
      tooltip: [],
      subject: { kind: 'other' },
      expanded: worst === 'error' || worst === 'warning',
      children: own.map((finding) => checkRow(hostId, finding)),
    };
  });
}

const categoryOf = ({ id }: Finding): string => /^[^.]+/.exec(id)?.[0] ?? id;

const titles: Record<string, string> = {
  iommu: 'IOMMU',
  kernel: 'Kernel',
  pf: 'Adapters',
  vf: 'Virtual Functions',
  pci: 'PCI',
  nic: 'Adapter Firmware',
  bios: 'Firmware (BIOS)',
  driver: 'Drivers',
  engine: 'Container Engines',
  host: 'Host',
};

const capitalised = (word: string): string => oneLine(word.charAt(0).toUpperCase() + word.slice(1));

export const icons: Record<Severity, Icon> = {
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
