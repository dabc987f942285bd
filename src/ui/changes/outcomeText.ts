import { l10n } from 'vscode';
import type { Advice } from '../../model/advice';
import type { Intent } from '../../model/lasting/kept';
import type { Outcome, StepFailure } from '../../model/outcome';
import { allFunctions, type HostSnapshot } from '../../model/snapshot';
import type { Plan, PlanPromise } from '../../model/plan';
import { leasedAddresses } from '../../planning/byDhcp';
import { checkText } from '../documents/checkText';
import { lines } from '../hostText';
import { holderName } from '../tree/vfRow';
import { buttonsOf } from './adviceText';
import { wantedText, type Wanted } from './configureFields';
import { keptLabel, whoText } from '../tree/keptState';
import { vfTitle } from '../tree/vfState';

/** How the end of a change is shown. */
export interface OutcomeText {
  severity: 'done' | 'info' | 'warning' | 'error';
  message: string;
  /** The whole output, for the clipboard and the log. */
  details: string;
  /** The buttons that do what can be done next. */
  next: { title: string; command: string }[];
}

/** @param isOneOf there were others with it, which aren't meant by what is said of it */
export function outcomeText(outcome: Outcome, isOneOf = false): OutcomeText {
  const shown = (severity: OutcomeText['severity'], text: string, details = '') => ({
    severity,
    message: text,
    details: lines([text, details].filter(Boolean).join('\n')),
    next: adviceIn(outcome).flatMap(buttonsOf),
  });
  switch (outcome.status) {
    case 'done':
      return shown('done', doneText(outcome.plan, outcome.snapshot));
    case 'mismatch':
      return shown(
        'warning',
        l10n.t(
          '{0}. Applied, but the host differs from the plan: {1}',
          outcome.plan.title,
          outcome.differences.join(' '),
        ),
      );
    case 'refused':
      return shown('error', outcome.refusal.reason, `(${outcome.refusal.code})`);
    case 'undone':
      if (outcome.failure.step === 'cancelled')
        return shown(
          'info',
          isOneOf
            ? l10n.t('{0} was cancelled and undone.', outcome.plan.title)
            : l10n.t('{0} was cancelled; all changes were undone.', outcome.plan.title),
        );
      return shown(
        'error',
        sentences(
          failed(outcome),
          why(outcome.failure),
          isOneOf ? l10n.t('It was undone.') : l10n.t('All changes were undone.'),
        ),
        [exitText(outcome.failure.exitCode), ...reasons(outcome.failure)].join('\n'),
      );
    case 'stuck':
      return shown(
        'error',
        sentences(failed(outcome), why(outcome.failure), notUndone(outcome.stuck.length)),
        [
          exitText(outcome.failure.exitCode),
          ...outcome.stuck.map((one) => l10n.t('not undone: {0}: {1}', one.step, one.message)),
          ...reasons(outcome.failure),
        ].join('\n'),
      );
    case 'recovered':
      if (outcome.ended === 'done') return shown('done', l10n.t('{0} is finished.', outcome.title));
      return outcome.wanted === 'undo'
        ? shown('done', l10n.t('{0} was undone.', outcome.title))
        : shown('error', l10n.t('{0} could not be finished; all changes were undone.', outcome.title));
    case 'disconnected':
      return shown(
        'warning',
        l10n.t(
          'The connection was lost during “{0}”. The host finishes or undoes it on its own; reconnect to see the result.',
          outcome.plan.title,
        ),
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
  if (plan.kind === 'apply') return l10n.t('{0}: done.', plan.title);
  if (plan.keeps) return keptText(plan.keeps.intent, snapshot);
  const leased = leasedAddresses(plan, snapshot);
  const said = (promise && promiseText(promise, snapshot)) ?? l10n.t('{0}: done.', plan.title);
  return leased.length === 0 ? said : sentences(said, l10n.t('It got {0} by DHCP.', leased.join(', ')));
}

const keptText = (intent: Intent, snapshot: HostSnapshot): string =>
  l10n.t('{0} is kept for {1}.', keptLabel(snapshot, intent), whoText(intent.container));

function promiseText(promise: PlanPromise, snapshot: HostSnapshot): string | undefined {
  if (promise.kind === 'vf-count') {
    const name = snapshot.pfs.find(({ pci }) => pci === promise.pf)?.name ?? promise.pf;
    if (promise.count === 0) return l10n.t('{0} now has no VFs.', name);
    return promise.count === 1
      ? l10n.t('{0} now has 1 VF.', name)
      : l10n.t('{0} now has {1} VFs.', name, promise.count);
  }
  if (promise.kind === 'macvlan' || promise.kind === 'kept' || promise.kind === 'huge-pages')
    return undefined;
  if (promise.kind === 'autoprobe') {
    const name = snapshot.pfs.find(({ pci }) => pci === promise.pf)?.name ?? promise.pf;
    return promise.on
      ? l10n.t('New VFs of {0} now get their driver.', name)
      : l10n.t('New VFs of {0} now get no driver.', name);
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
      ? l10n.t('{0} now chooses its own MAC.', vfTitle(snapshot, vf))
      : l10n.t('{0} now has {1}.', vfTitle(snapshot, vf), wantedText(now as Wanted));
  }
  return promise.kind === 'vf-inside'
    ? l10n.t('{0} now has {1} as {2}.', holderName(snapshot, vf), vfTitle(snapshot, vf), promise.name)
    : l10n.t('{0} is back on the host as {1}.', vfTitle(snapshot, vf), promise.name);
}

const sentences = (...all: string[]): string => all.filter(Boolean).join(' ');

const failed = ({ plan, failure }: { plan: Plan; failure: StepFailure }): string =>
  l10n.t('{0} failed at “{1}”: {2}', plan.title, failure.step, sentence(failure.message));

const notUndone = (steps: number): string =>
  steps === 1
    ? l10n.t('One step could not be undone; Recover tries again.')
    : l10n.t('{0} steps could not be undone; Recover tries again.', steps);

/** The worst reason that the readiness rules found, as a sentence; the others are in the details. */
const why = ({ findings = [] }: StepFailure): string => {
  const [first] = findings;
  if (!first) return '';
  return first.severity === 'error'
    ? l10n.t('Cause: {0}.', first.title)
    : l10n.t('Possible cause: {0}.', first.title);
};
const reasons = ({ findings = [] }: StepFailure): string[] => findings.map(checkText);

const exitText = (code: number | null): string => (code === null ? '' : l10n.t('(exit {0})', code));

/** Ends with a full stop, whatever the command said. */
const sentence = (text: string): string => {
  const said = text.trim().split('\n').at(-1)?.trim() ?? '';
  return said === '' ? l10n.t('it printed nothing.') : /[.!?]$/.test(said) ? said : `${said}.`;
};
