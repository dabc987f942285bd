import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { diagnoseText } from '../control/whenNeeded';
import { EvidenceFormatError } from '../diagnostics/evidenceFormatError';
import { purposes, worstFirst, type Finding, type Purpose } from '../model/finding';
import { findingChanges } from '../model/findingChanges';
import { collect } from './collect';
import type { Context } from './context';
import { exit } from './exitCodes';
import { findingText } from './shown/findingText';
import { changesText, earlierFindings } from './since';
import { UsageError } from './usage';

/**
 * Runs the readiness rules on the host, or on a file of evidence; exits with 1 if there is an error. With
 * `--collect` it only saves what the rules would look at.
 */
export async function diagnoseCommand(context: Context): Promise<number> {
  const { control, values, positionals, print, signal } = context;
  const { evidence, since } = values;
  if (values.collect) return collect(context);
  if (positionals.length > 0)
    throw new UsageError(`Unexpected argument "${positionals[0]}". To diagnose a file, use --evidence FILE.`);
  if (evidence === '-' && since === '-')
    throw new UsageError('Only one of --evidence and --since can be "-".');
  const wanted = purposeIn(values);
  const purpose = wanted ?? (evidence === undefined ? 'netdev' : undefined);
  const before =
    since === undefined ? undefined : await earlierFindings(await read(since, 'earlier run'), since, purpose);
  const findings = worstFirst(
    evidence === undefined
      ? await control.diagnose(wanted ?? 'netdev', signal)
      : await judge(await read(evidence, 'evidence file'), evidence, wanted),
  );
  const changes = before && findingChanges(before, findings);
  print.answer({ purpose: purpose ?? null, findings, ...(changes ? { changes } : {}) }, (view) => [
    ...findings.flatMap((finding) => findingText(finding, view)),
    ...(changes ? [[], ...changesText(changes)] : []),
  ]);
  return findings.some(({ severity }) => severity === 'error') ? exit.mismatch : exit.done;
}

function purposeIn({ purpose }: Context['values']): Purpose | undefined {
  if (purpose !== undefined && !purposes.includes(purpose as Purpose))
    throw new UsageError(`--purpose must be one of ${purposes.join(', ')}, not "${purpose}".`);
  return purpose as Purpose | undefined;
}

async function read(file: string, what: string): Promise<string> {
  if (file === '-') return readAll(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `Could not read the ${what} ${file}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

async function judge(text: string, file: string, purpose: Purpose | undefined): Promise<Finding[]> {
  try {
    return await diagnoseText(text, purpose);
  } catch (error) {
    if (error instanceof EvidenceFormatError)
      throw new UsageError(`${file} is not evidence: ${error.message}`);
    throw error;
  }
}
