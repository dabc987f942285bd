import { l10n } from 'vscode';
import type { HostControl } from '../../../control/hostControl';
import { isRefusal } from '../../../model/plan';
import type { ChangeRequest } from '../../../model/request';
import type { Report } from '../../dialogs/dialogs';
import type { Workbench } from '../../workbench';
import { ChangeRecord } from '../changeRecord';
import { costs, make } from '../make';
import { tellLot, type LotEnd, type Made } from './tellLot';

/** Changes that are made one after the other, as one act of the person: each is a change of its own on the host. */
interface Lot {
  title: string;
  requests: ChangeRequest[];
  /** The losses and doubts that somebody has said yes to. */
  accepted: string[];
  /** Each builds on the one before, so that none but the first could be planned, or asked about. */
  inTurn?: true;
  record?: ChangeRecord;
  cancel?: AbortSignal;
}

/** Makes them with one progress bar, and reports in one sentence how it ended. Changes made before a failed one stay. */
export async function makeLot(workbench: Workbench, control: HostControl, lot: Lot): Promise<void> {
  const { title, requests, cancel, record = new ChangeRecord() } = lot;
  const end = await workbench.dialogs.progress(title, (report, signal) =>
    makeEach(workbench, control, {
      ...{ ...lot, record, report },
      signal: cancel ? AbortSignal.any([signal, cancel]) : signal,
    }),
  );
  tellLot(workbench, control, { requests, record, ...end }, (backs) =>
    takeBack(workbench, control, title, backs),
  );
}

/** Makes their undos: the last one first, each building on the one before. */
export const takeBack = (
  workbench: Workbench,
  control: HostControl,
  title: string,
  requests: ChangeRequest[],
): Promise<void> =>
  makeLot(workbench, control, { title: l10n.t('Undo: {0}', title), requests, accepted: [], inTurn: true });

async function makeEach(
  workbench: Workbench,
  control: HostControl,
  { requests, accepted, inTurn, record, report, signal }: Lot & Reported,
): Promise<Pick<LotEnd, 'made' | 'stop'>> {
  const made: Made[] = [];
  for (const [at, request] of requests.entries()) {
    if (signal.aborted) return { made, stop: 'cancelled' };
    const own = new ChangeRecord();
    const plans = control.plan(request);
    const plan = isRefusal(plans) ? undefined : plans.at(-1);
    const title = plan?.title ?? l10n.t('Change');
    const isAgreed = inTurn && request.kind === 'detach' && plan;
    report({ message: l10n.t('{0} of {1}: {2}', at + 1, requests.length, title) });
    try {
      const outcome = await make(workbench, control, request, {
        ...{ title, signal, records: [own, record], isFirstQuestion: inTurn },
        accepted: isAgreed ? costs(plan) : accepted,
        report: part(report, at, requests.length),
      });
      await workbench.pages.keep(control.id, own);
      if (outcome.status !== 'done') return { made, stop: { title, outcome } };
      workbench.guide.made(request);
      made.push({ request, record: own, outcome });
      record.made.push({ request, record: own });
    } catch (error) {
      return { made, stop: signal.aborted ? 'cancelled' : { title, error } };
    }
  }
  return { made };
}

interface Reported {
  record: ChangeRecord;
  report: Report;
  signal: AbortSignal;
}

/** The progress of one of several. */
const part =
  (report: Report, at: number, count: number): Report =>
  ({ message, increment }) =>
    report({
      message: message && l10n.t('{0} of {1}: {2}', at + 1, count, message),
      increment: increment && increment / count,
    });
