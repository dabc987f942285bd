import type { Advice } from '../../model/advice';
import type { Outcome, StepFailure } from '../../model/outcome';
import { allFunctions, type HostSnapshot } from '../../model/snapshot';
import type { Plan, PlanPromise } from '../../model/plan';
import { leasedAddresses } from '../../planning/byDhcp';
import { checkText } from '../documents/checkText';
import { lines } from '../hostText';
import { holderName } from '../tree/vfRow';
import { buttonsOf } from './adviceText';
import { wantedText, type Wanted } from './configureFields';
import { vfTitle } from '../tree/vfState';

/** How the end of a change is told. */
export interface OutcomeText {
  severity: 'done' | 'info' | 'warning' | 'error';
  message: string;
  /** Everything that was said, for the clipboard and the log. */
  details: string;
  /** The buttons that do what can be done next. */
  next: { title: string; command: string }[];
}

export function outcomeText(outcome: Outcome): OutcomeText {
  const told = (severity: OutcomeText['severity'], text: string, details = '') => ({
    severity,
    message: text,
    details: lines([text, details].filter(Boolean).join('\n')),
    next: adviceIn(outcome).flatMap(buttonsOf),
  });
  switch (outcome.status) {
    case 'done':
      return told('done', doneText(outcome.plan, outcome.snapshot));
    case 'mismatch':
      return told(
        'warning',
        `${outcome.plan.title}. Applied, but the host differs from the plan: ${outcome.differences.join(' ')}`,
      );
    case 'refused':
      return told('error', outcome.refusal.reason, `(${outcome.refusal.code})`);
    case 'undone':
      if (outcome.failure.step === 'cancelled')
        return told('info', `${outcome.plan.title} was cancelled; all changes were undone.`);
      return told(
        'error',
        `${outcome.plan.title} failed at “${outcome.failure.step}”: ${sentence(outcome.failure.message)} ${why(outcome.failure)}All changes were undone.`,
        [exitText(outcome.failure.exitCode), ...reasons(outcome.failure)].join('\n'),
      );
    case 'stuck':
      return told(
        'error',
        `${outcome.plan.title} failed at “${outcome.failure.step}”: ${sentence(outcome.failure.message)} ${why(outcome.failure)}` +
          `${outcome.stuck.length === 1 ? 'One step' : `${outcome.stuck.length} steps`} could not be undone; ` +
          'Recover tries again.',
        [
          exitText(outcome.failure.exitCode),
          ...outcome.stuck.map((one) => `not undone: ${one.step}: ${one.message}`),
          ...reasons(outcome.failure),
        ].join('\n'),
      );
    case 'recovered':
      if (outcome.ended === 'done') return told('done', `${outcome.title} is finished.`);
      return outcome.wanted === 'undo'
        ? told('done', `${outcome.title} was undone.`)
        : told('error', `${outcome.title} could not be finished; all changes were undone.`);
    case 'disconnected':
      return told(
        'warning',
        `The connection was lost during “${outcome.plan.title}”. The host finishes or undoes it on its own; reconnect to see the result.`,
        outcome.reason,
      );
  }
}

function adviceIn(outcome: Outcome): Advice[] {
  if (outcome.status === 'mismatch') return outcome.next ? [outcome.next] : [];
  return outcome.status === 'stuck' ? outcome.stuck.slice(0, 1).map(({ next }) => next) : [];
}

/** What is so now, from what was promised: `enp1s0v3 is in fw as eth1.` */
function doneText(plan: Plan, snapshot: HostSnapshot): string {
  const promise = plan.promises.at(-1);
  const leased = leasedAddresses(plan, snapshot);
  const said = (promise && promiseText(promise, snapshot)) ?? `${plan.title}: done.`;
  return leased.length === 0 ? said : `${said} It has ${leased.join(', ')} by DHCP.`;
}

function promiseText(promise: PlanPromise, snapshot: HostSnapshot): string | undefined {
  if (promise.kind === 'vf-count') {
    const name = snapshot.pfs.find(({ pci }) => pci === promise.pf)?.name ?? promise.pf;
    return `${name} now has ${['no VFs', '1 VF'][promise.count] ?? `${promise.count} VFs`}.`;
  }
  if (promise.kind === 'macvlan') return undefined;
  if (promise.kind === 'autoprobe') {
    const name = snapshot.pfs.find(({ pci }) => pci === promise.pf)?.name ?? promise.pf;
    return `New VFs of ${name} now get ${promise.on ? 'their driver' : 'no driver'}.`;
  }
  const vf = allFunctions(snapshot).find(({ pci }) => pci === promise.vf);
  if (!vf) return undefined;
  if (promise.kind === 'vf-settings') {
    const { settings, mtu, driver } = promise;
    const { adminMac, ...rest } = settings;
    const now = {
      ...rest,
      ...(adminMac ? { mac: adminMac } : {}),
      ...(mtu ? { mtu } : {}),
      ...(driver ? { driver } : {}),
    };
    return Object.keys(now).length === 0
      ? `${vfTitle(snapshot, vf)} now chooses its own MAC.`
      : `${vfTitle(snapshot, vf)} now has ${wantedText(now as Wanted)}.`;
  }
  return promise.kind === 'vf-inside'
    ? `${holderName(snapshot, vf)} now has ${vfTitle(snapshot, vf)} as ${promise.name}.`
    : `${vfTitle(snapshot, vf)} is back on the host as ${promise.name}.`;
}

/** The gravest reason that the readiness rules found, as a sentence; the others are in the details. */
const why = ({ findings = [] }: StepFailure): string => {
  const [first] = findings;
  return first ? `${first.severity === 'error' ? 'Cause' : 'Possible cause'}: ${first.title}. ` : '';
};
const reasons = ({ findings = [] }: StepFailure): string[] => findings.map(checkText);

const exitText = (code: number | null): string => (code === null ? '' : `(exit ${code})`);

/** Ends with a full stop, whatever the command said. */
const sentence = (text: string): string => {
  const said = text.trim().split('\n').at(-1)?.trim() ?? '';
  return said === '' ? 'it printed nothing.' : /[.!?]$/.test(said) ? said : `${said}.`;
};
