import { kernelArgs, type KernelArgs } from '../../boot/kernelArgs';
import type { HostEvidence, LiveFacts } from '../../model/evidence';
import { toFacts, type Fact } from './facts';
import { failuresOf, vfCountFailures, type Failure, type VfCountFailure } from './failures';
import { ipInterfaces, type IpInterface } from './ipLink';
import { toLine, type Line } from './line';
import { lspciDevices, type LspciDevice } from './lspci';
import { relevantLines, withoutRepetition } from './relevant';

/** The evidence, parsed once: what the rules look at. */
export interface View {
  evidence: HostEvidence;
  live: LiveFacts | null;
  /** Every line that may matter, in the order given: log, remarks, commands and their errors, lspci, facts. */
  lines: Line[];
  /** Of these, what the kernel or a program may have said, wherever it is quoted. */
  said: Line[];
  facts: readonly Fact[];
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

export function toView(given: HostEvidence): View {
  const evidence = bounded(given);
  const log = relevantLines(evidence.dmesg).map((line) => toLine(line, 'log'));
  const other = relevantLines(evidence.other).map((line) => toLine(line, 'other'));
  const typed = withoutRepetition(
    evidence.commands.flatMap(({ command, error }) => [
      toLine(command, 'command'),
      ...(error ?? '').split('\n').flatMap((line) => (line.trim() === '' ? [] : [toLine(line, 'error')])),
    ]),
    ({ raw }) => raw,
  );
  const facts = withoutRepetition(toFacts(evidence.sysfs), ({ line }) => line);
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

/** No kernel and no tool prints longer lines; what does is cut, so that no pattern has to walk it. */
const longestLine = 4000;
const longestAnswer = 20_000;
const cut = (text: string): string => (text.length > longestLine ? text.slice(0, longestLine) : text);
const bounded = (evidence: HostEvidence): HostEvidence => ({
  ...evidence,
  cmdline: evidence.cmdline === null ? null : cut(evidence.cmdline),
  dmesg: evidence.dmesg.map(cut),
  lspci: evidence.lspci.map(cut),
  other: evidence.other.map(cut),
  commands: withoutRepetition(evidence.commands, ({ command, error }) => `${command}\n${error ?? ''}`).map(
    ({ command, error, ...rest }) => ({
      ...rest,
      command: cut(command),
      error: error === null ? null : error.slice(0, longestAnswer).split('\n').map(cut).join('\n'),
    }),
  ),
  sysfs: Object.fromEntries(Object.entries(evidence.sysfs).map(([key, value]) => [cut(key), cut(value)])),
});

/** The running kernel's command line, wherever it is quoted. */
function args(evidence: HostEvidence, said: readonly Line[], facts: readonly Fact[]): KernelArgs | null {
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
