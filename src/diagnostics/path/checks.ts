import type { Finding } from '../../model/finding';
import type { Answers, PathOrder, PathResult, Question } from '../../model/wire/path';
import { counters, duplicate, mtu, neighbour } from './addresses';
import type { Check } from './check';
import { link, mac, vlan } from './links';

/** Everything that is checked of a path; each rests on those before it. */
const checks: readonly Check[] = [link, mac, vlan, duplicate, neighbour, counters, mtu];

/** What all checks ask, each question once. */
export const questions = (order: PathOrder): Question[] => [
  ...new Map(
    checks.flatMap(({ asks }) => asks(order)).map((question) => [question.section, question]),
  ).values(),
];

/** Each check as a finding, and the first that is wrong. */
export function judgePath(order: PathOrder, answers: Answers): PathResult {
  const { label, vf, device } = order;
  const findings = checks.flatMap(({ id, cause, judge }): Finding[] => {
    const judged = judge(order, answers);
    return judged ? [{ id, cause, subject: vf?.pci ?? device, ...judged, fixes: judged.fixes ?? [] }] : [];
  });
  const first = (severity: string) => findings.find((one) => one.severity === severity);
  return { label, vf: vf?.pci ?? null, findings, verdict: first('error') ?? first('warning') ?? null };
}
