import type { Cause, Fix, Severity } from '../../model/finding';
import type { Answers, PathOrder, Question } from '../../model/wire/path';

/** What a check came to. */
export interface Judged {
  severity: Severity;
  title: string;
  explanation: string;
  evidence: string[];
  fixes?: Fix[];
  /** Where it isn't the row's. */
  cause?: Cause;
}

/** One row: what is asked on the host, and what the answers mean. */
export interface Check {
  id: string;
  cause: Cause;
  asks: (order: PathOrder) => Question[];
  /** Undefined: the question doesn't arise. */
  judge: (order: PathOrder, answers: Answers) => Judged | undefined;
}

export const pass = (title: string, evidence: string[] = []): Judged => ({
  ...{ severity: 'pass', title, explanation: '', evidence },
});
export const unknown = (title: string, explanation: string): Judged => ({
  ...{ severity: 'unknown', title, explanation, evidence: [] },
});
export const wrong = (
  title: string,
  explanation: string,
  evidence: string[],
  fixes: Fix[] = [],
  severity: Severity = 'error',
): Judged => ({ severity, title, explanation, evidence, fixes });

export const fix = (summary: string, more: Partial<Fix> = {}): Fix => ({
  ...{ kind: 'command', summary, commands: [], risk: null, needsReboot: false },
  ...more,
});
