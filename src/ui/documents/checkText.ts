import { l10n } from 'vscode';
import type { Finding, Fix } from '../../model/finding';
import { lines } from '../hostText';

/** A check as plain text: what was seen, what it means, what to do. */
export const checkText = (finding: Finding): string =>
  lines(
    [
      finding.title,
      `${finding.severity} · ${finding.id} · ${finding.subject}`,
      '',
      finding.explanation,
      '',
      ...(finding.evidence.length > 0
        ? [l10n.t('Evidence:'), ...finding.evidence.map((line) => `    ${line}`), '']
        : []),
      ...finding.fixes.flatMap(fixLines),
    ].join('\n'),
  );

const fixLines = ({ kind, summary, commands, risk, needsReboot }: Fix): string[] => [
  needsReboot
    ? l10n.t('To do ({0}, needs a reboot): {1}', kind, summary)
    : l10n.t('To do ({0}): {1}', kind, summary),
  ...commands.map((command) => `    ${command}`),
  ...(risk ? [l10n.t('Risk: {0}', risk)] : []),
  '',
];
