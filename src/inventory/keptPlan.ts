import * as v from 'valibot';
import type { Plan } from '../model/plan';
import { argv } from './argv';

const anything = v.looseObject({ kind: v.string() });

/** A plan as stored on the host: everything that is executed is checked in full, descriptions are taken as they are. */
const planSchema = v.looseObject({
  kind: v.string(),
  title: v.string(),
  locks: v.array(v.object({ pci: v.string(), mode: v.picklist(['shared', 'exclusive']) })),
  namespace: v.nullable(v.looseObject({ inode: v.number(), path: v.string() })),
  spaces: v.optional(v.array(v.looseObject({ inode: v.number(), path: v.string() }))),
  preconditions: v.array(v.object({ otherwise: v.string(), check: argv })),
  steps: v.array(
    v.object({
      title: v.string(),
      apply: argv,
      undo: v.union([argv, v.literal('none')]),
      timeout: v.number(),
      space: v.optional(v.number()),
    }),
  ),
  promises: v.array(anything),
  before: v.optional(v.array(anything)),
  request: v.optional(anything),
});

/** The plan in a file of the host's own; `null` when it is damaged or missing. */
export function parsePlan(text: string | undefined): Plan | null {
  try {
    const result = v.safeParse(planSchema, JSON.parse(text ?? ''));
    return result.success ? (result.output as unknown as Plan) : null;
  } catch {
    return null;
  }
}
