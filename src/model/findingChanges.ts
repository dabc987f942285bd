import type { Finding } from './finding';

/** What is kept of an earlier run: enough to recognize its findings, and to name those that are gone. */
export type PastFinding = Pick<Finding, 'id' | 'cause' | 'severity' | 'subject' | 'title'>;

/** The difference between two runs on one host, for one purpose. Only errors and warnings count as trouble. */
export interface FindingChanges {
  /** Trouble of the earlier run that is gone. */
  fixed: PastFinding[];
  /** New trouble. */
  new: PastFinding[];
  /** Trouble of both runs. */
  still: PastFinding[];
  /** Trouble of the earlier run about which less can be seen now: it may be gone, or hidden. */
  unseen: PastFinding[];
}

export function findingChanges(before: readonly PastFinding[], now: readonly PastFinding[]): FindingChanges {
  const was = new Map(before.filter(isTrouble).map((finding) => [keyOf(finding), pastFinding(finding)]));
  const is = new Map(now.filter(isTrouble).map((finding) => [keyOf(finding), pastFinding(finding)]));
  const gone = [...was.values()].filter((finding) => !is.has(keyOf(finding)));
  const looked = (finding: PastFinding): boolean => !hides(before, now, finding);
  return {
    fixed: gone.filter(looked),
    new: [...is.values()].filter((finding) => !was.has(keyOf(finding))),
    still: [...is.values()].filter((finding) => was.has(keyOf(finding))),
    unseen: gone.filter((finding) => !looked(finding)),
  };
}

/** One finding among others of its run. */
export const keyOf = ({ id, subject }: Pick<Finding, 'id' | 'subject'>): string => `${id} ${subject}`;

/** The part of a finding that is kept. */
export const pastFinding = ({ id, cause, severity, subject, title }: PastFinding): PastFinding => ({
  ...{ id, cause, severity, subject, title },
});

const isTrouble = ({ severity }: PastFinding): boolean => severity === 'error' || severity === 'warning';

/**
 * Unknown is not fixed: the same question has no answer now, or the earlier run had more privileges, so
 * that the log or a whole part of the host wasn't read.
 */
function hides(before: readonly PastFinding[], now: readonly PastFinding[], gone: PastFinding): boolean {
  const unknown = (findings: readonly PastFinding[]) =>
    findings.filter(({ severity }) => severity === 'unknown');
  const known = new Set(unknown(before).map(keyOf));
  return unknown(now).some(
    (finding) =>
      finding.cause === gone.cause || (finding.cause === 'not-permitted' && !known.has(keyOf(finding))),
  );
}
