import type { JournalEntry } from '../model/journal';
import type { PhysicalFunction } from '../model/functions';
import type { Outcome, StepFailure } from '../model/outcome';
import { unifiedDifference } from '../model/difference';
import type { Argv, Plan } from '../model/plan';
import { onOneLine } from '../model/printable';
import { quoteAll } from '../model/quote';
import { shortId, type Container } from '../model/container';
import type { HostSnapshot } from '../model/snapshot';
import { leasedAddresses } from '../planning/byDhcp';
import { vfTable } from './vfTable';

/** The snapshot for people: adapters with their VFs, then containers, then what isn't known. */
export function inventoryText(snapshot: HostSnapshot): string {
  const { host, pfs, containers, attachments, problems, pending } = snapshot;
  return [
    `${host.hostname ?? host.id} (${[host.os.prettyName, host.kernel].filter(Boolean).join(', ')})`,
    ...(pfs.length === 0 ? ['No SR-IOV adapters.'] : pfs.flatMap((pf) => adapter(snapshot, pf))),
    '',
    ...(containers.length === 0 ? ['No containers.'] : containers.map(container)),
    ...attachments
      .filter(({ status }) => status !== 'live')
      .map(
        ({ vf, containerName, status }) =>
          `! ${vf}, attached to ${containerName}, is ${status}: run "sriov ${status === 'orphaned' ? `detach ${vf}` : 'recover'}"`,
      ),
    ...pending.map(
      ({ title, running }) =>
        `! ${title}: ${running ? 'in progress' : 'interrupted; "sriov recover" undoes it, "sriov recover --finish" finishes it'}`,
    ),
    ...problems.map(({ what, why, needs }) => `? ${what}: unknown: ${why} (requires ${needs})`),
  ]
    .map(onOneLine)
    .join('\n');
}

const adapter = ({ attachments }: HostSnapshot, pf: PhysicalFunction): string[] => [
  `${pf.name ?? '-'}  ${pf.pci}  ${pf.model ?? `${pf.vendorId}:${pf.deviceId}`}  ${pf.driver ?? 'no driver'}  ${pf.up ? 'up' : 'down'}  sriov_totalvfs ${pf.totalVfs}, ${pf.numVfs} VFs${pf.driversAutoprobe === false ? '  autoprobe off' : ''}${pf.protectedBecause.length > 0 ? `  protected: ${pf.protectedBecause.join('; ')}` : ''}`,
  ...vfTable(pf.vfs, attachments),
];

const container = ({ name, engine, state, id, interfaces, rootlessOf }: Container): string => {
  const functions = interfaces.filter(({ vf }) => vf !== null).map((i) => `${i.name} = ${i.vf}`);
  return [
    name,
    engine === 'netns'
      ? 'namespace'
      : `${rootlessOf === undefined ? '' : `rootless of ${rootlessOf}, `}${engine} ${shortId({ id })}`,
    state,
    ...functions,
  ].join('  ');
};

/** What people might not expect of a plan, and what it costs. */
export const remarks = ({ notes, doubts = [], losses }: Plan): string[] => [
  ...notes.map((note) => `  note: ${note}`),
  ...doubts.map((doubt) => `  warning: ${doubt}`),
  ...losses.map((loss) => `  loses: ${loss}`),
];

/** The same, under what it is about. */
export const aboutText = (plan: Plan): string => about(plan).map(onOneLine).join('\n');
const about = (plan: Plan): string[] => [plan.title, ...remarks(plan)];

/** A plan for people: what it does, step by step, and what they might not expect. */
export const planText = (plan: Plan): string =>
  [
    ...about(plan),
    ...(plan.files ?? []).flatMap(unifiedDifference).map((line) => `  ${line}`),
    ...plan.steps.flatMap((step, index) => [
      `  ${index + 1}. ${step.title}`,
      `       ${command(step.apply)}`,
      step.undo === 'none' ? '       undo: none!' : `       undo: ${command(step.undo)}`,
    ]),
  ]
    .map(onOneLine)
    .join('\n');

/** As a shell would take it; a record or a file is long and says nothing new. `--script` and `--json` have it all. */
const command = (argv: Argv): string =>
  quoteAll(argv.map((word) => (word.startsWith('{') ? '{…}' : word.includes('\n') ? '…' : word)));

export const journalText = (entries: JournalEntry[]): string =>
  entries.length === 0
    ? 'No changes.'
    : entries
        .map(({ at, outcome, by, title }) => onOneLine(`${at}  ${outcome.padEnd(7)}  ${by}  ${title}`))
        .join('\n');

/** How a change ended, for the person who asked for it. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.status) {
    case 'done': {
      const leased = leasedAddresses(outcome.plan, outcome.snapshot);
      return `Done: ${outcome.plan.title}.${leased.length > 0 ? ` It has ${leased.join(', ')} by DHCP.` : ''}`;
    }
    case 'recovered':
      if (outcome.ended === 'done') return `Finished: ${outcome.title}.`;
      return outcome.wanted === 'undo'
        ? `Undone: ${outcome.title}.`
        : `${outcome.title} could not be finished; all changes were undone.`;
    case 'mismatch':
      return `${outcome.plan.title}. Applied, but the host differs from the plan: ${outcome.differences.join(' ')}`;
    case 'refused':
      return outcome.refusal.reason;
    case 'undone':
      return [
        `${outcome.plan.title}: ${failure(outcome.failure)} All changes were undone.`,
        ...reasons(outcome.failure),
      ].join('\n');
    case 'stuck':
      return [
        `${outcome.plan.title}: ${failure(outcome.failure)} Some changes could not be undone:`,
        ...outcome.stuck.map(({ step, message }) => `  ${step}: ${message}`),
        'Fix the cause, then undo the rest with',
        ...new Set(outcome.stuck.map(({ command }) => `  ${command}`)),
        ...reasons(outcome.failure),
      ].join('\n');
    case 'disconnected':
      return `${outcome.reason} The host finishes or undoes "${outcome.plan.title}" on its own; check with "sriov inventory" and "sriov journal".`;
  }
}

const failure = ({
  step,
  exitCode,
  message,
}: {
  step: string;
  exitCode: number | null;
  message: string;
}): string =>
  exitCode === null ? message : `"${step}" failed (${message.trim() || `exit status ${exitCode}`}).`;

/** Why it failed, as the readiness rules have it, and what to do. */
const reasons = ({ findings }: StepFailure): string[] =>
  (findings ?? []).flatMap(({ severity, title, explanation, cause, evidence, fixes }) => [
    `  ${severity === 'error' ? 'Why' : 'Perhaps'}: ${title} [${cause}]. ${explanation}`,
    ...evidence.map((line) => `    | ${line}`),
    ...fixes.map(({ summary, needsReboot, risk }) =>
      `    fix: ${summary}${needsReboot ? ' (needs a reboot)' : ''}${risk ? ` Risk: ${risk}` : ''}`.trimEnd(),
    ),
  ]);
