import type { HostEvidence, LiveFacts } from '../../model/evidence';
import { kernelArgs, type KernelArgs } from './cmdline';
import { toFacts, type Fact } from './facts';
import { failuresOf, vfCountFailures, type Failure, type VfCountFailure } from './failures';
import { ipInterfaces, type IpInterface } from './ipLink';
import { toLine, type Line } from './line';
import { lspciDevices, type LspciDevice } from './lspci';
import { relevantLines } from './relevant';

/** The evidence, parsed once: what the rules look at. */
export interface View {
  evidence: HostEvidence;
  live: LiveFacts | null;
  /** Every line that may matter, in the order given: log, remarks, commands and their errors, lspci, facts. */
  lines: Line[];
  /** Of these, what the kernel or a program may have said, wherever somebody quoted it. */
  said: Line[];
  facts: Fact[];
  args: KernelArgs | null;
  devices: LspciDevice[];
  interfaces: IpInterface[];
  failures: Failure[];
  vfCountFailures: VfCountFailure[];
  /** The lines that match. */
  find(pattern: RegExp): Line[];
  /** The facts whose key matches. */
  factsOf(key: RegExp): Fact[];
}

export function toView(evidence: HostEvidence): View {
  const log = relevantLines(evidence.dmesg).map((line) => toLine(line, 'log'));
  const other = relevantLines(evidence.other).map((line) => toLine(line, 'other'));
  const typed = evidence.commands.flatMap(({ command, error }) => [
    toLine(command, 'command'),
    ...(error ?? '').split('\n').flatMap((line) => (line.trim() === '' ? [] : [toLine(line, 'error')])),
  ]);
  const facts = toFacts(evidence.sysfs);
  const said = [...log, ...other, ...typed];
  const lines = [
    ...said,
    ...relevantLines(evidence.lspci).map((line) => toLine(line, 'lspci')),
    ...facts.map((fact) => toLine(fact.line, 'fact')),
  ];
  const failures = failuresOf(evidence, [...log, ...other]);
  const mentioned = lines.some((line) => /numvfs/i.test(line.text));
  return {
    ...{ evidence, lines, said, facts, failures },
    live: evidence.live ?? null,
    args: args(evidence, said, facts),
    devices: [...lspciDevices(evidence.lspci), ...lspciDevices(evidence.other)],
    interfaces: ipInterfaces([...evidence.other, ...typed.map((line) => line.raw)]),
    vfCountFailures: vfCountFailures(failures, mentioned),
    find: (pattern) => said.filter((line) => pattern.test(line.text)),
    factsOf: (key) => facts.filter((fact) => key.test(fact.key)),
  };
}

/** The running kernel's command line, wherever it is quoted. */
function args(evidence: HostEvidence, said: Line[], facts: Fact[]): KernelArgs | null {
  if (evidence.cmdline !== null) return kernelArgs(evidence.cmdline);
  const fact = facts.find(({ key }) => /\/proc\/cmdline|^cmdline$/.test(key));
  if (fact) return kernelArgs(fact.value);
  for (const { text } of said) {
    const quoted =
      /^(?:Kernel c|C)ommand line: (.+)$/.exec(text)?.[1] ?? /^((?:BOOT_IMAGE|initrd)=\S.*)$/.exec(text)?.[1];
    if (quoted) return kernelArgs(quoted);
  }
  return null;
}

/** Lines without repetition, in order, and no more than a reader wants to see. */
export const quote = (lines: readonly (Line | string)[], most = 8): string[] =>
  [...new Set(lines.map((line) => (typeof line === 'string' ? line : line.raw).trim()))].slice(0, most);
