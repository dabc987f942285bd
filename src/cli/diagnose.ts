import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { diagnose } from '../diagnostics/diagnose';
import { parseEvidence } from '../diagnostics/parseEvidence';
import { purposes, worstFirst, type Finding, type Purpose } from '../model/finding';
import type { Context } from './context';
import { exit } from './exitCodes';
import { UsageError } from './usage';

/** Runs the readiness rules on the host, or on a file of evidence. Exits with 1 when something is an error. */
export async function diagnoseCommand({ control, values, print, signal }: Context): Promise<number> {
  const { evidence, purpose } = values;
  if (purpose !== undefined && !purposes.includes(purpose as Purpose))
    throw new UsageError(`--purpose is ${purposes.join(', ')}, not "${purpose}".`);
  const wanted = purpose as Purpose | undefined;
  const findings = worstFirst(
    evidence === undefined
      ? await control.diagnose(wanted ?? 'netdev', signal)
      : diagnose(parse(await read(evidence), evidence), wanted),
  );
  print.answer({ findings }, () => findings.map(findingText).join('\n'));
  return findings.some(({ severity }) => severity === 'error') ? exit.mismatch : exit.done;
}

async function read(file: string): Promise<string> {
  if (file === '-') return readAll(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The evidence file ${file} could not be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function parse(text: string, file: string) {
  try {
    return parseEvidence(text);
  } catch (error) {
    throw new UsageError(
      `${file} is not evidence: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const findingText = (finding: Finding): string =>
  [
    `${finding.severity.toUpperCase().padEnd(7)} ${finding.title} [${finding.cause}, ${finding.subject}]`,
    ...(finding.severity === 'pass' ? [] : [`        ${finding.explanation}`]),
    ...(finding.severity === 'pass' ? [] : finding.evidence.map((line) => `        | ${line}`)),
    ...finding.fixes.flatMap((fix) => [
      `        fix: ${fix.summary}${fix.needsReboot ? ' (needs a reboot)' : ''}${fix.risk ? ` Risk: ${fix.risk}` : ''}`,
      ...fix.commands.map((command) => `          $ ${command}`),
    ]),
  ].join('\n');
