import type { Outcome, StepFailure } from '../../model/outcome';
import { leasedAddresses } from '../../planning/byDhcp';

/** How a change ended, for the person who asked for it. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.status) {
    case 'done': {
      const leased = leasedAddresses(outcome.plan, outcome.snapshot);
      return `Done: ${outcome.plan.title}.${leased.length > 0 ? ` It got ${leased.join(', ')} by DHCP.` : ''}`;
    }
    case 'recovered':
      if (outcome.ended === 'done') return `Finished: ${outcome.title}.`;
      return outcome.wanted === 'undo'
        ? `Undone: ${outcome.title}.`
        : `${outcome.title} could not be finished; all changes were undone.`;
    case 'mismatch':
      return `${outcome.plan.title}. Applied, but the host differs from the plan: ${outcome.differences.join(' ')}`;
    case 'refused':
      return outcome.refusal.reason;
    case 'undone':
      return [
        `${outcome.plan.title}: ${failure(outcome.failure)} All changes were undone.`,
        ...reasons(outcome.failure),
      ].join('\n');
    case 'stuck':
      return [
        `${outcome.plan.title}: ${failure(outcome.failure)} Some changes could not be undone:`,
        ...outcome.stuck.map(({ step, message }) => `  ${step}: ${message}`),
        'Fix the cause, then undo the rest with',
        ...new Set(outcome.stuck.map(({ command }) => `  ${command}`)),
        ...reasons(outcome.failure),
      ].join('\n');
    case 'disconnected':
      return `${outcome.reason} The host finishes or undoes "${outcome.plan.title}" on its own; check with "sriov inventory" and "sriov journal".`;
  }
}

const failure = ({
  step,
  exitCode,
  message,
}: {
  step: string;
  exitCode: number | null;
  message: string;
}): string =>
  exitCode === null ? message : `"${step}" failed (${message.trim() || `exit status ${exitCode}`}).`;

/** Why it failed, according to the readiness rules, and what to do. */
const reasons = ({ findings }: StepFailure): string[] =>
  (findings ?? []).flatMap(({ severity, title, explanation, cause, evidence, fixes }) => [
    `  ${severity === 'error' ? 'Why' : 'Perhaps'}: ${title} [${cause}]. ${explanation}`,
    ...evidence.map((line) => `    | ${line}`),
    ...fixes.map(({ summary, needsReboot, risk }) =>
      `    fix: ${summary}${needsReboot ? ' (needs a reboot)' : ''}${risk ? ` Risk: ${risk}` : ''}`.trimEnd(),
    ),
  ]);
