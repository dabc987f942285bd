import { l10n } from 'vscode';
import type { HostControl } from '../../../control/hostControl';
import type { Outcome } from '../../../model/outcome';
import { refusalText } from '../../../control/withAdvice';
import type { Plan } from '../../../model/plan';
import type { ChangeRequest } from '../../../model/request';
import type { Workbench } from '../../workbench';
import { buttonsOf, inTheWorkbench } from '../adviceText';
import type { ChangeRecord } from '../changeRecord';
import { outcomeText, type OutcomeText } from '../outcomeText';
import { reveal } from '../reveal';
import { logAndCopy, offer, running } from '../tell';
import { undoRequests } from '../undoRequest';

/** One of them that succeeded. */
export interface Made {
  request: ChangeRequest;
  record: ChangeRecord;
  outcome: Extract<Outcome, { status: 'done' }>;
}

/** Why the rest was not attempted. */
type Stop = { title: string; outcome: Outcome } | { title: string; error: unknown } | 'cancelled';

export interface LotEnd {
  requests: ChangeRequest[];
  made: Made[];
  stop?: Stop;
  /** All that was heard. */
  record: ChangeRecord;
}

/** Tells how changes ended that were one act, and offers to take back those that were made, the last one first. */
export function tellLot(
  workbench: Workbench,
  control: HostControl,
  { requests, made, stop, record }: LotEnd,
  undo: (backs: ChangeRequest[]) => Promise<void>,
): void {
  const { host, dialogs, log, pages } = workbench;
  const last = made.at(-1);
  if (last) reveal(workbench, last.outcome);
  const backs = undoRequests(control.snapshot, made);
  const takeBack = async () => {
    if (host.use(control.id) && host.control === control) await undo(backs);
  };
  const show = () =>
    pages.showPlan({ host: control.id, requests, plans: record.plans.map(({ plan }) => plan), record });
  const showIt = record.plans.length > 0 ? { [l10n.t('Show Change')]: show } : {};
  if (!stop) {
    const message = doneText(made);
    log.info(message);
    if (backs.length === 0) return dialogs.say(message);
    return offer(workbench, 'info', message, { [l10n.t('Undo')]: takeBack, ...showIt });
  }
  const { severity, message, details, next } = stopText(stop);
  const rest = requests.length - made.length - (stop === 'cancelled' ? 0 : 1);
  const said = [
    message,
    ...(made.length > 0
      ? [l10n.t('Completed before that and kept: {0} of {1}.', made.length, requests.length)]
      : []),
    ...(rest > 0 ? [l10n.t('Not attempted: {0}.', rest)] : []),
  ].join(' ');
  const everything = [said, details].join('\n');
  log[severity === 'error' ? 'error' : 'warn'](everything);
  offer(workbench, severity === 'done' ? 'info' : severity, said, {
    ...(backs.length > 0 ? { [l10n.t('Undo Completed Ones')]: takeBack } : {}),
    ...running(workbench, next),
    ...showIt,
    ...(severity === 'info' ? {} : logAndCopy(workbench, everything)),
  });
}

/** What was made, as one sentence. */
function doneText(made: Made[]): string {
  const kinds = new Set(made.map(({ outcome }) => outcome.plan.kind));
  const [kind = 'fix'] = kinds.size === 1 ? kinds : [];
  return texts[kind]?.(made.length) ?? l10n.t('{0} changes were made.', made.length);
}

const texts: Partial<Record<Plan['kind'], (count: number) => string>> = {
  attach: (count) => l10n.t('{0} VFs were attached.', count),
  detach: (count) => l10n.t('{0} VFs were detached.', count),
  configure: (count) => l10n.t('{0} VFs were configured.', count),
  restore: (count) => l10n.t('{0} VFs were restored.', count),
  undo: (count) => l10n.t('{0} changes were undone.', count),
};

function stopText(stop: Stop): OutcomeText {
  if (stop === 'cancelled') return { severity: 'info', message: l10n.t('Cancelled.'), details: '', next: [] };
  const { title } = stop;
  if ('error' in stop) {
    const { error } = stop;
    const message = error instanceof Error ? error.message : String(error);
    const details = error instanceof Error && 'detail' in error ? String(error.detail) : '';
    return { severity: 'error', message: `${title}: ${message}`, details, next: [] };
  }
  const { outcome } = stop;
  if (outcome.status !== 'refused') return outcomeText(outcome, true);
  const { code, reason, next } = refusalText(outcome.refusal, inTheWorkbench.say);
  if (code === 'not-confirmed')
    return { severity: 'info', message: l10n.t('{0} was not confirmed.', title), details: '', next: [] };
  return { severity: 'error', message: reason, details: `(${code})`, next: next ? buttonsOf(next) : [] };
}
