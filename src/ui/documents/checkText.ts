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
        ? ['Evidence:', ...finding.evidence.map((line) => `    ${line}`), '']
        : []),
      ...finding.fixes.flatMap(fixLines),
    ].join('\n'),
  );

const fixLines = ({ kind, summary, commands, risk, needsReboot }: Fix): string[] => [
  `To do (${kind}${needsReboot ? ', needs a reboot' : ''}): ${summary}`,
  ...commands.map((command) => `    ${command}`),
  ...(risk ? [`Risk: ${risk}`] : []),
  '',
];
