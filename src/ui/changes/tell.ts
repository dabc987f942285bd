import { l10n } from 'vscode';
import { refusalText } from '../../control/withAdvice';
import type { Outcome } from '../../model/outcome';
import type { Refusal, RefusalCode } from '../../model/plan';
import type { Workbench } from '../workbench';
import { buttonsOf, inTheWorkbench } from './adviceText';
import { wayOut, type Remedy } from '../hosts/deadEnds';
import { outcomeText } from './outcomeText';

/** What can be done about a change that has ended. */
interface Afterwards {
  /** Takes it back. */
  undo?: () => Promise<void>;
  /** Shows how each step went. */
  show?: () => Promise<void>;
  /** Sees whether what was attached works. */
  check?: () => Promise<void>;
}

/** Tells how a change ended. Nothing waits for the person to read it. */
export function tellOutcome(
  workbench: Workbench,
  outcome: Outcome,
  { undo, show, check }: Afterwards = {},
): void {
  const { dialogs, log } = workbench;
  if (outcome.status === 'refused') return tellRefusal(workbench, outcome.refusal);
  const { severity, message, details, next } = outcomeText(outcome);
  if (severity === 'done') {
    log.info(details);
    if (outcome.status === 'done') for (const note of outcome.plan.notes) log.info(note);
    if (undo)
      offer(workbench, 'info', message, {
        ...{ [l10n.t('Undo')]: undo, ...showChange(show) },
        ...(check ? { [l10n.t('Check Path')]: check } : {}),
      });
    else dialogs.say(message);
    return;
  }
  log[severity === 'info' ? 'info' : severity === 'warning' ? 'warn' : 'error'](details);
  if (severity === 'info') return void dialogs.tell('info', message);
  offer(workbench, severity, message, {
    ...running(workbench, next),
    ...showChange(show),
    ...logAndCopy(workbench, details),
  });
}

const showChange = (show: Afterwards['show']) => (show ? { [l10n.t('Show Change')]: show } : {});

/** Nothing was changed, and here is why. */
export function tellRefusal(workbench: Workbench, refusal: Refusal): void {
  const { code, reason, next } = refusalText(refusal, inTheWorkbench.say);
  workbench.log.info(`refused (${code}): ${reason}`);
  if (code === 'not-confirmed') return;
  const remedies = next ? buttonsOf(next) : (byCode[code] ?? []);
  // A notification without a button shows only the beginning of its sentence.
  offer(workbench, 'error', reason, remedies.length > 0 ? running(workbench, remedies) : showLog(workbench));
}

/** Where the refusal itself says nothing about what to do next. */
const byCode: Partial<Record<RefusalCode, Remedy[]>> = {
  'pending-change': [{ title: l10n.t('Recover'), command: 'sriov.changes.recover' }],
  'in-use': [{ title: l10n.t('Detach…'), command: 'sriov.vf.detach' }],
  'engine-unreachable': [{ title: l10n.t('Run Readiness Checks'), command: 'sriov.readiness.run' }],
  'no-netdev': [{ title: l10n.t('Run Readiness Checks'), command: 'sriov.readiness.run' }],
};

export const running = (workbench: Workbench, remedies: readonly Remedy[]) =>
  Object.fromEntries(remedies.map(({ title, command }) => [title, () => workbench.execute(command)]));

/** Something went wrong on the way to the host. */
export function tellTrouble(workbench: Workbench, what: string, error: unknown): void {
  if (isAbort(error)) return workbench.dialogs.say(l10n.t('Cancelled; nothing was changed.'));
  const reason = error instanceof Error ? error.message : String(error);
  // What says where on the way to the host it failed is a whole sentence.
  const said = error instanceof Error && 'phase' in error ? reason : `${what}: ${reason}`;
  const detail = error instanceof Error && 'detail' in error ? `\n${String(error.detail)}` : '';
  const out = wayOut(error);
  workbench.log.error(`${said}${detail}`);
  offer(workbench, 'error', said, {
    ...running(workbench, out ? [out] : []),
    ...logAndCopy(workbench, `${said}${detail}`),
  });
}

const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');

const showLog = ({ log }: Workbench) => ({ [l10n.t('Show Log')]: () => Promise.resolve(log.show()) });

export const logAndCopy = (workbench: Workbench, details: string) => ({
  ...showLog(workbench),
  [l10n.t('Copy Details')]: () => workbench.copy(details),
});

/** A notification whose buttons do something; the person may never press one. */
export function offer(
  workbench: Workbench,
  severity: 'info' | 'warning' | 'error',
  text: string,
  actions: Record<string, () => Promise<void>>,
): void {
  workbench.dialogs
    .tell(severity, text, Object.keys(actions))
    .then((button) => (button === undefined ? undefined : actions[button]?.()))
    .catch((error: unknown) => workbench.log.error(String(error)));
}
