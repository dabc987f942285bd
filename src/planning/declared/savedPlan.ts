import type { Declared } from '../../model/declared/declared';
import type { DeclaredPlan } from '../../model/declared/declaredPlan';
import type { SavedPlan } from '../../model/declared/savedPlan';
import { isRefusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { planApply } from './planApply';
import { planDeclared } from './planDeclared';

/** The plan for a host, to be done later or by somebody else. `file`: the text that declares it. */
export function saved(snapshot: HostSnapshot, declared: Declared, file: string): SavedPlan {
  const { id, hostname, bootId } = snapshot.host;
  // When a VF is recorded isn't how the host is.
  const change = planApply({ ...snapshot, takenAt: '' }, { kind: 'apply', declared });
  return {
    ...{ sriovPlan: 1, at: snapshot.takenAt, host: { id, hostname, bootId }, file },
    plan: planDeclared(snapshot, declared),
    ...(isRefusal(change) ? { steps: [], spaces: [] } : { steps: change.steps, spaces: change.spaces ?? [] }),
  };
}

/** Why a saved plan is not to be done any more; undefined while all of it would be done just so. */
export function changedSince(was: SavedPlan, snapshot: HostSnapshot, declared: Declared): string | undefined {
  const now = saved(snapshot, declared, was.file);
  const { hostname, id, bootId } = now.host;
  if (hostname !== was.host.hostname)
    return `This plan is for ${was.host.hostname ?? was.host.id}, and this host is ${hostname ?? id}.`;
  const [why] = [
    ...(bootId === was.host.bootId ? [] : ['it was booted']),
    ...onlyIn(textsOf(now.plan), textsOf(was.plan)).map((text) => `${text} is new`),
    ...onlyIn(textsOf(was.plan), textsOf(now.plan)).map((text) => `${text} is no longer so`),
    ...stepsDiffer(was, now),
  ];
  return why === undefined ? undefined : `${hostname ?? id} has changed since this was planned (${was.at}): ${why}. Plan it again.`; // prettier-ignore
}

/** Everything that a plan says, a line each. */
const textsOf = ({ differences, parts, blocks }: DeclaredPlan): string[] => [
  ...differences.map(({ subject, what, from, to }) => `"${subject}, ${what}: ${from ?? '-'} → ${to ?? '-'}"`),
  ...parts.flatMap(({ title, losses, doubts }) => [title, ...losses, ...doubts]).map((text) => `"${text}"`),
  ...blocks.map((text) => `"${text}"`),
];

const onlyIn = (these: string[], others: string[]): string[] => these.filter((one) => !others.includes(one));

/** What nobody reads in a plan, such as the MAC that a VF gets back. */
function stepsDiffer(was: SavedPlan, now: SavedPlan): string[] {
  const one = JSON.stringify([was.steps, was.spaces]);
  if (one === JSON.stringify([now.steps, now.spaces])) return [];
  const other = now.steps.find((step, index) => JSON.stringify(step) !== JSON.stringify(was.steps[index]));
  return [`"${other?.title ?? 'A step'}" is done otherwise`];
}
