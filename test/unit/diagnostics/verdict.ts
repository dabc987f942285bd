import type { Finding } from '../../../src/model/finding';

export interface Truth {
  cause: string;
  secondary_causes?: string[];
  /** Causes that must not be an error or a warning. */
  not?: string[];
}

/** Causes that no rule can find; what is false of such a case counts all the same. */
const unscored = ['other', 'script-binds-bridge-to-vfio'];

export const isScored = ({ cause, not = [] }: Truth): boolean => !unscored.includes(cause) || not.length > 0;

/**
 * What is wrong with an answer. Right: the true cause as error or warning and at most one other cause as error; of a healthy
 * host, nothing of both. Causes that the truth names as secondary are free, those that it excludes are wrong.
 */
export function verdict(
  findings: readonly Pick<Finding, 'id' | 'cause' | 'severity'>[],
  { cause, secondary_causes: free = [], not = [] }: Truth,
): string[] {
  const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  if (cause === 'healthy') return bad.filter((f) => !free.includes(f.cause)).map((f) => f.id);
  const excluded = bad.filter((f) => not.includes(f.cause)).map((f) => `not ${f.cause}`);
  if (unscored.includes(cause)) return excluded;
  const others = new Set(
    bad
      .filter((f) => f.severity === 'error' && f.cause !== cause && !free.includes(f.cause))
      .map((f) => f.cause),
  );
  return [
    ...(bad.some((f) => f.cause === cause) ? [] : [`no ${cause}`]),
    ...(others.size > 1 ? [...others] : []),
    ...new Set(excluded),
  ];
}
