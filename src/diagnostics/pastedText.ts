import { anyClient } from '../model/engines';
import type { HostEvidence } from '../model/evidence';
import { failed as failedIn } from './view/answers';
import { errnoIn } from './view/errno';
import { toLine } from './view/line';
import { readsCount } from './view/history';
import { promptedCommand, rootsPrompt, withoutControls } from './view/prompt';

const kernelTime =
  /^[\s>]*(?:<\d+>)?\[\s{0,12}[+<]?\s{0,12}\d{1,9}\.\d{1,9}>?\]|^[\s>]*\[[^\][]{0,30}\d\d:\d\d(?::\d\d)?[^\][]{0,20}\]/;
const journal =
  /^[\s>]*(?:[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)\S* +\S+ +\S+: /;
const lspciHeader = /^\s*(?:[0-9a-f]{4,5}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] +[A-Z"][^:]{3,70}: /;
/** What stands below a device; without it, it is no answer to what was typed before. */
const lspciDetail =
  /^\s+(?:Capabilities|Control|Status|Latency|(?:Dev|Lnk|Slt|Root)(?:Cap|Ctl|Sta)2?|Region \d+):\s|^\s+(?:\w+[+-] ){2,}/;
const ipHeader = /^\s*\d+: +[^\s:]+: +</;
const fact =
  /^(\/(?:sys|proc|var\/lib\/sriov-workbench)\/\S*?[^\s:])(?::\s+|\s+[:=]\s*|=|:(?=[^\s:/]*$))(.*)$/;
/** A path of `find /sys/kernel/iommu_groups`, which has colons and no value. */
const listsGroup = /iommu_groups\/\d+\/devices\/\S*$/;
const showsFile = /^(?:sudo )?(?:cat|head|more|less)(?: -\S+)* +(\/(?:sys|proc)\/\S+)$/;
/** The command line that a boot loader is to give, which is not the one that the kernel was given. */
const showsBootFile =
  /^(?:sudo )?(?:cat|head|more|less)(?: -\S+)* +(\/etc\/kernel\/cmdline|\/boot\/(?:firmware\/)?cmdline\.txt)$/;
const bootLine = /^(?:BOOT_IMAGE=|initrd=)\S*\s|^(?:root|ro|quiet)\b.*\b(?:iommu|root=)/;
/** A shell's complaint about what was typed before it. */
const complaint = new RegExp(
  `write error|answers:|^\\S*(?:sh|tee|ip|echo|devlink|modprobe|mst\\w+|virsh|${anyClient}|cat|ls)\\b.*:|^error|^-E-|^FATAL|Permission denied|not permitted|does not exist|^Cannot `,
  'i',
);

/** A file with its number beside it is a fact, whatever failed before. */
const number = /^\/sys\/\S+?\s*[:=]\s*\d+$/;
/** A write into /sys says nothing when it succeeds. */
const silent = /^(?:sudo )?(?:echo|printf)\b[^>|]*(?:>|\|\s*(?:sudo )?tee\b)\s*\/sys\//;

/** What is longer was printed by no kernel, and is cut. */
const longestLine = 4000;

/** Plain text from a terminal, in any mixture and order: dmesg, journalctl, lspci, ip link, files, failed commands. */
export function readPastedText(text: string): HostEvidence {
  const evidence: HostEvidence = { cmdline: null, dmesg: [], lspci: [], sysfs: {}, commands: [], other: [] };
  let block: 'lspci' | 'ip' | null = null;
  /** An interface was listed since the last prompt, which the lines of VFs belong to. */
  let listed = false;
  /** The command that was typed last, with what it answered so far. */
  let typed: { command: string; asRoot: boolean; answers: string[] } | null = null;
  const close = () => {
    if (typed) finish(evidence, typed);
    typed = null;
  };
  for (const raw of text.split('\n')) {
    const whole = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const line = withoutControls(whole.length > longestLine ? whole.slice(0, longestLine) : whole);
    if (line.trim() === '') {
      block = null;
      continue;
    }
    if (kernelTime.test(line) || journal.test(line)) {
      block = null;
      evidence.dmesg.push(line);
      continue;
    }
    const content = line.trim();
    const command = promptedCommand(content.replace(/^(?:>\s?)+/, ''));
    if (command !== null) {
      close();
      block = null;
      listed = false;
      typed = command === '' ? null : { command, asRoot: rootsPrompt(content), answers: [] };
      continue;
    }
    if (lspciHeader.test(line)) block = 'lspci';
    else if (ipHeader.test(line)) {
      block = 'ip';
      listed = true;
    } else if (!/^\s/.test(line)) block = null;
    if (block === null && lspciDetail.test(line)) close();
    if (block === 'lspci') evidence.lspci.push(line);
    else if (block === 'ip') evidence.other.push(line);
    else {
      const shown = !listed && content.startsWith('vf ') ? content : line;
      if (typed !== null) (typed as { answers: string[] }).answers.push(shown);
      else sort(evidence, shown, content);
    }
  }
  close();
  return evidence;
}

/** A line that no command in front of it explains. */
function sort(evidence: HostEvidence, line: string, content: string): void {
  const known = listsGroup.test(content) ? null : fact.exec(content);
  if (known?.[1] === '/proc/cmdline') evidence.cmdline ??= known[2] ?? null;
  else if (known) evidence.sysfs[known[1] ?? ''] = known[2] ?? '';
  else if (bootLine.test(content)) evidence.cmdline ??= content;
  else if (
    toLine(content, 'log').driver !== null ||
    /^(?:DMAR|AMD-Vi|ACPI|iommu|vfio\w*|pci\w*|kernel)\b.*: /.test(content)
  )
    evidence.dmesg.push(line);
  else evidence.other.push(line);
}

/** How many lines a terminal made of the first one: each but the last is as wide as the terminal. */
function wrapped(answers: readonly string[]): number {
  const width = answers[0]?.length ?? 0;
  if (width < 80) return 1;
  const shorter = answers.findIndex((line) => line.length !== width);
  if (shorter < 0) return answers.length;
  const isRest = (answers[shorter] ?? '').length < width && /^[^[\s]/.test(answers[shorter] ?? '');
  return isRest ? shorter + 1 : Math.max(shorter, 1);
}

/** What a command answered: the content of a file, the output of a known program, or a complaint. */
function finish(
  evidence: HostEvidence,
  { command, asRoot, answers }: { command: string; asRoot: boolean; answers: string[] },
): void {
  const typed = asRoot ? { command, asRoot } : { command };
  const file = showsFile.exec(command)?.[1];
  const answer = answers.map((line) => line.trim()).join('\n');
  const failed =
    answers.some((line) => complaint.test(line.trim()) || errnoIn(line) !== null) ||
    (silent.test(command) && failedIn(answers[0] ?? null));
  const bootFile = showsBootFile.exec(command)?.[1];
  if (file === '/proc/cmdline' && answers.length > 0 && !failed) {
    const lines = wrapped(answers);
    evidence.cmdline = answers.slice(0, lines).join('').trim();
    for (const line of answers.slice(lines)) sort(evidence, line, line.trim());
  } else if (/^(?:sudo )?systemd-detect-virt\b/.test(command) && answers.length === 1 && !failed)
    evidence.sysfs['systemd-detect-virt'] = answer;
  else if (bootFile !== undefined && answers.length > 0 && !failed)
    evidence.other.push(`${bootFile}: ${answer.replaceAll('\n', ' ')}`);
  else if (file !== undefined && answers.length === 1 && !failed) {
    evidence.sysfs[file] = answer;
    // The order of what was written and read says what was true when.
    if (readsCount.test(command)) evidence.commands.push({ ...typed, error: answer });
  } else if (failed) {
    evidence.commands.push({ ...typed, error: answer });
    for (const line of answers) if (number.test(line.trim())) sort(evidence, line, line.trim());
  } else {
    evidence.commands.push({
      ...typed,
      error: answers.length === 0 && /^\s*(?:ls|find)\b/.test(command) ? '' : null,
    });
    for (const line of answers) sort(evidence, line, line.trim());
  }
}
