import type { Finding } from '../../../src/model/finding';

interface Truth {
  cause: string;
  secondary_causes: string[];
}

/** Right: the true cause as error or warning and at most one other cause as error; of a healthy host, nothing of both. */
export function verdict(findings: Finding[], { cause, secondary_causes: free }: Truth): string[] {
  const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  if (cause === 'healthy') return bad.filter((f) => !free.includes(f.cause)).map((f) => f.id);
  const others = new Set(
    bad
      .filter((f) => f.severity === 'error' && f.cause !== cause && !free.includes(f.cause))
      .map((f) => f.cause),
  );
  return [
    ...(bad.some((f) => f.cause === cause) ? [] : [`no ${cause}`]),
    ...(others.size > 1 ? [...others] : []),
  ];
}
