import type { HostEvidence } from '../model/evidence';
import type { Finding, Purpose } from '../model/finding';
import { diagnose } from './diagnose';

/** Something that was just tried on a live host and failed. */
export interface FailedStep {
  /** The command as a user would type it. */
  command: string;
  /** What it answered. */
  error: string;
  /** What the kernel logged meanwhile. */
  log: readonly string[];
}

const most = 3;

/**
 * Why a step failed, worst first: what the rules say of the error and of the log's lines since the step began, on the
 * facts of the host right after. What else is wrong with the host is left out.
 */
export function whyItFailed(host: HostEvidence, step: FailedStep, purpose: Purpose = 'netdev'): Finding[] {
  const error = step.error
    .split('\n')
    .filter((line) => line.trim() !== '' && !step.log.includes(line))
    .join('\n');
  const fresh: HostEvidence = {
    ...host,
    dmesg: [...step.log],
    commands: [{ command: step.command, error }],
    other: [],
    fresh: true,
  };
  const fromThisStep = new Set([step.command, ...error.split('\n'), ...step.log].map((line) => line.trim()));
  return diagnose(fresh, purpose)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .filter(({ evidence }) => evidence.some((line) => fromThisStep.has(line)))
    .slice(0, most);
}
