import type { FinishedChange } from '../model/snapshot';
import { parsePlan } from './keptPlan';
import { beforeBoot, changeMeta } from './records';
import type { Section } from './sections';

/** From the section `finished ID`: a line about the change, and one with its plan. */
export function lastChange(all: Section[], bootId: string | null): FinishedChange | null {
  const section = all.find(({ name }) => name.startsWith('finished '));
  if (!section) return null;
  const [about = '', plan] = section.body.split('\n');
  const meta = changeMeta(about);
  const { title, at, by } = meta;
  return {
    id: section.name.slice('finished '.length),
    ...{ title, at, by },
    beforeBoot: beforeBoot(meta, bootId),
    plan: parsePlan(plan),
  };
}
