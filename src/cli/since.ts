import * as v from 'valibot';
import { diagnoseText } from '../control/whenNeeded';
import { causes, purposes, severities, type Purpose } from '../model/finding';
import type { FindingChanges, PastFinding } from '../model/findingChanges';
import { elsewhere, styled, type Line, type Styled } from './shown/styled';
import { table } from './shown/table';
import { UsageError } from './usage';

const earlierRun = v.object({
  purpose: v.optional(v.nullable(v.picklist(purposes))),
  findings: v.array(
    v.object({
      id: v.string(),
      cause: v.picklist(causes),
      severity: v.picklist(severities),
      subject: v.string(),
      title: v.string(),
    }),
  ),
});

/**
 * The findings of an earlier run: the document of `diagnose --json`, or evidence that was collected then, judged for the
 * same purpose.
 */
export async function earlierFindings(
  text: string,
  file: string,
  purpose: Purpose | undefined,
): Promise<PastFinding[]> {
  const document = json(text);
  if (typeof document !== 'object' || document === null || !('findings' in document))
    return await diagnoseText(text, purpose);
  const run = v.safeParse(earlierRun, document);
  if (!run.success)
    throw new UsageError(
      `${file} is not output of "sriov diagnose --json": ${run.issues[0].message} (${v.getDotPath(run.issues[0])}).`,
    );
  const { purpose: before, findings } = run.output;
  if (before && purpose && before !== purpose)
    throw new UsageError(
      `${file} was made with --purpose ${before}, this run with --purpose ${purpose}; they can't be compared. Use --purpose ${before}.`,
    );
  return findings;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const heads: Record<keyof FindingChanges, Styled> = {
  new: styled('bad', 'new'),
  still: styled('doubtful', 'still there'),
  unseen: styled('quiet', 'no longer observed'),
  fixed: styled('good', 'fixed'),
};

/** What changed, one line each; the most urgent first. */
export function changesText(changes: FindingChanges): Line[] {
  const rows = (Object.keys(heads) as (keyof FindingChanges)[]).flatMap((kind) =>
    changes[kind].map(({ title, subject }) => ({ cells: [heads[kind], `${title} [${subject}]`] })),
  );
  return [
    ['Since the earlier run:'],
    ...(rows.length > 0 ? table(rows, { ...elsewhere, indent: 2 }).flat() : [['  no problems then or now']]),
  ];
}
