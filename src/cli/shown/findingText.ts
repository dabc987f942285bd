import type { Finding, Severity } from '../../model/finding';
import { styled, type Line, type Style } from './styled';

const styles: Record<Severity, Style> = {
  error: 'bad',
  warning: 'doubtful',
  info: 'heading',
  pass: 'good',
  unknown: 'quiet',
};

/** A finding: what, why, the lines it rests on, and what helps. */
export const findingText = ({
  severity,
  title,
  cause,
  subject,
  explanation,
  evidence,
  fixes,
}: Finding): Line[] => [
  [
    styled(styles[severity], severity.toUpperCase().padEnd(7)),
    ` ${title} `,
    styled('quiet', `[${cause}, ${subject}]`),
  ],
  ...(severity === 'pass'
    ? []
    : [
        [`        ${explanation}`],
        ...evidence.map((line): Line => [styled('quiet', '        |'), ` ${line}`]),
      ]),
  ...fixes.flatMap((fix): Line[] => [
    [
      `        fix: ${fix.summary}${fix.needsReboot ? ' (needs a reboot)' : ''}${fix.risk ? ` Risk: ${fix.risk}` : ''}`,
    ],
    ...fix.commands.map((command): Line => [`          $ ${command}`]),
  ]),
];
