import type { FinishedChange } from '../model/snapshot';
import { parsePlan } from './keptPlan';
import { beforeBoot, changeMeta } from './records';
import type { probeSections } from './printed';
import { answer, type Section } from './sections';

/** From the section `finished ID`: a line about the change, and one with its plan. */
export function lastChange(all: Section[], bootId: string | null): FinishedChange | null {
  const [section] = answer<typeof probeSections>(all).each('finished');
  if (!section) return null;
  const [about = '', plan] = section.body.split('\n');
  const meta = changeMeta(about);
  const { title, at, by } = meta;
  return {
    id: section.args,
    ...{ title, at, by },
    beforeBoot: beforeBoot(meta, bootId),
    plan: parsePlan(plan),
  };
}
