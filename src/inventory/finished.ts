import type { FinishedChange } from '../model/snapshot';
import { parsePlan } from './keptPlan';
import { changeMeta } from './records';
import type { Section } from './sections';

/** From the section `finished ID`: a line about the change, and one with its plan. */
export function lastChange(all: Section[], bootId: string | null): FinishedChange | null {
  const section = all.find(({ name }) => name.startsWith('finished '));
  if (!section) return null;
  const [about = '', plan] = section.body.split('\n');
  const { title, at, by, bootId: bootedAs } = changeMeta(about);
  return {
    id: section.name.slice('finished '.length),
    ...{ title, at, by },
    beforeBoot: bootedAs !== null && bootId !== null && bootedAs !== bootId,
    plan: parsePlan(plan),
  };
}
