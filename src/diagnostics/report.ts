import { worstFirst, type Finding, type Purpose, type Severity } from '../model/finding';
import type { FindingChanges } from '../model/findingChanges';
import { printable } from '../model/printable';

const labels: Record<Severity, [one: string, many: string]> = {
  pass: ['passed', 'passed'],
  warning: ['warning', 'warnings'],
  error: ['failed', 'failed'],
  unknown: ['unknown', 'unknown'],
  info: ['note', 'notes'],
};
const heads: Record<Severity, string> = {
  error: 'Failed',
  warning: 'Warning',
  unknown: 'Unknown',
  info: 'Note',
  pass: 'Passed',
};

/** `11 passed, 2 warnings, 1 failed, 3 unknown`; what there is none of is left out. */
export function summary(findings: readonly Finding[]): string {
  const parts = (['pass', 'warning', 'error', 'unknown', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${labels[severity][count === 1 ? 0 : 1]}`];
  });
  return parts.length === 0 ? 'no checks' : parts.join(', ');
}

/** What else a report tells. */
export interface ReportContext {
  /** What the VFs are for; `null` when nobody said. */
  purpose?: Purpose | null;
  /** When it was read. */
  at?: Date;
  /** What changed, and since when. */
  changes?: FindingChanges & { since: Date };
}

/** The report as Markdown. Everything that comes from the host is escaped: it is shown, never interpreted. */
export function toMarkdown(
  findings: readonly Finding[],
  hostLabel: string,
  { purpose, at, changes }: ReportContext = {},
): string {
  const sorted = worstFirst([...findings]);
  const passed = sorted.filter(({ severity }) => severity === 'pass');
  const rest = sorted.filter(({ severity }) => severity !== 'pass');
  return [
    `# SR-IOV readiness of ${escape(hostLabel)}`,
    '',
    summary(findings),
    ...(purpose === undefined ? [] : ['', `Purpose: ${purposeText(purpose)}.`]),
    ...(at ? ['', `Read ${minute(at)}.`] : []),
    ...(changes ? changed(changes) : []),
    ...rest.flatMap(section),
    ...(passed.length > 0 ? ['', '## Passed', '', ...passed.map(({ title }) => `- ${escape(title)}`)] : []),
    '',
  ].join('\n');
}

const purposeText = (purpose: Purpose | null): string =>
  purpose === null
    ? 'unknown, so each finding has its worst severity unless the text states the purpose'
    : { netdev: 'network interfaces in containers', vfio: 'DPDK, with vfio', vm: 'virtual machines' }[
        purpose
      ];

/** `2026-11-22 17:03 UTC`: readers may be in another time zone. */
const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const changeHeads = {
  new: 'New',
  still: 'Still there',
  unseen: 'No longer observed',
  fixed: 'Fixed',
} as const;

function changed(changes: FindingChanges & { since: Date }): string[] {
  const lines = (Object.keys(changeHeads) as (keyof typeof changeHeads)[]).flatMap((kind) =>
    changes[kind].map(
      ({ title, subject }) =>
        `- ${changeHeads[kind]}: ${escape(title)}${subject === 'host' ? '' : ` (${escape(subject)})`}`,
    ),
  );
  return [
    '',
    `## Since ${minute(changes.since)}`,
    '',
    ...(lines.length > 0 ? lines : ['No problems then or now.']),
  ];
}

function section(finding: Finding): string[] {
  const { severity, title, subject, cause, explanation, evidence, fixes } = finding;
  return [
    '',
    `## ${heads[severity]}: ${escape(title)}`,
    '',
    `${subject === 'host' ? '' : `${escape(subject)} · `}cause: ${escape(cause)}`,
    '',
    escape(explanation),
    ...(evidence.length > 0 ? ['', ...fence(evidence)] : []),
    ...fixes.flatMap(({ summary: what, commands, risk, needsReboot }) => [
      '',
      `- ${escape(what)}${needsReboot ? ' (needs a reboot)' : ''}${risk === null ? '' : ` — risk: ${escape(risk)}`}`,
      ...(commands.length > 0 ? ['', ...fence(commands, '  ')] : []),
    ]),
  ];
}

/** A code block with a fence longer than any run of backticks inside. */
function fence(lines: readonly string[], indent = ''): string[] {
  const inside = lines.flatMap((line) => line.split(/\r\n|[\r\n\u2028\u2029]/)).map(printable);
  const longest = Math.max(
    0,
    ...inside.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)),
  );
  const bar = '`'.repeat(Math.max(3, longest + 1));
  return [`${indent}${bar}text`, ...inside.map((line) => `${indent}${line}`), `${indent}${bar}`];
}

/** One line of text with everything that Markdown or HTML could take as markup made harmless. */
const escape = (text: string): string =>
  printable(text.replace(/\s+/g, ' ').trim())
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/([\\`*_{}[\]()#+!|~$])/g, '\\$1')
    .replace(/^([-=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/(?<=\b(?:https?|ftp|mailto|javascript|data|vscode|command)):/gi, '&#58;')
    .replace(/@/g, '&#64;');
