import type { Finding, Fix, Severity } from '../../model/finding';
import { onOneLine } from '../../model/printable';
import { filled } from './filled';
import { styled, type Line, type Style, type Styled, type View } from './styled';

const styles: Record<Severity, Style> = {
  error: 'bad',
  warning: 'doubtful',
  info: 'heading',
  pass: 'good',
  unknown: 'quiet',
};

export const severityText = (severity: Severity): Styled =>
  styled(styles[severity], severity.toUpperCase().padEnd(7));

/** A finding: what, why, its evidence, and what helps. */
export const findingText = (
  { severity, title, cause, subject, explanation, evidence, fixes }: Finding,
  { columns }: View,
): Line[] => [
  [severityText(severity), ` ${title} `, styled('quiet', `[${cause}, ${subject}]`)],
  ...(severity === 'pass'
    ? []
    : [
        ...filled(onOneLine(explanation), columns, 8).map((line) => [line]),
        ...evidence.map((line): Line => [styled('quiet', '        |'), ` ${line}`]),
      ]),
  ...fixes.flatMap((fix): Line[] => [
    ...filled(onOneLine(fixText(fix)), columns, 8).map((line) => [line]),
    ...fix.commands.map((command): Line => [`          $ ${command}`]),
  ]),
];

const fixText = ({ summary, needsReboot, risk }: Fix): string =>
  `fix: ${summary}${needsReboot ? ' (needs a reboot)' : ''}${risk ? ` Risk: ${risk}` : ''}`;
