import { l10n } from 'vscode';
import type { HostControl } from '../../control/hostControl';
import { refusalText } from '../../control/withAdvice';
import { isRefusal, type Plan, type Refusal } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import { oneLine } from '../hostText';
import type { Workbench } from '../workbench';
import { inTheWorkbench } from './adviceText';
import { ChangeRecord } from './changeRecord';
import { confirmation, type Confirmation } from './confirmation';
import { costs, make } from './make';
import { permissionToInterrupt } from './permission';
import { reveal } from './reveal';
import { makeLot } from './several/lot';
import { lotTitle } from './several/lotTitle';
import { showPlan } from './showPlan';
import { tellOutcome, tellRefusal, tellTrouble } from './tell';
import { undoRequest } from './undoRequest';

interface Planned {
  request: ChangeRequest;
  plans: Plan[];
}

/** What the user knows about the changes to make, and who else follows their progress. */
interface Circumstances {
  /** The user has just seen what the plan says. */
  reviewed?: boolean;
  /** The button already said to do it: only a loss or a doubt is asked about. */
  answered?: boolean;
  /** Receives the progress and the end. */
  record?: ChangeRecord;
  /** Cancels, as the notification does. */
  cancel?: AbortSignal;
}

/**
 * Makes changes: plans all of them, asks if something would be lost or one isn't possible, runs them one after the other with
 * progress, tells how it ended. Stops at the first that doesn't succeed.
 */
export async function change(
  workbench: Workbench,
  requests: ChangeRequest[],
  circumstances: Circumstances = {},
): Promise<void> {
  const { reviewed = false, answered = false } = circumstances;
  const { control, snapshot } = workbench.host;
  if (!control) return;
  const { planned, refused } = await planAll(workbench, control, requests);
  const plans = planned.flatMap((one) => one.plans);
  const impossible = refused.filter(({ code }) => code !== 'nothing-to-do' || planned.length === 0);
  if (planned.length === 0) return tellRefused(workbench, refused, requests.length);
  // A detachment loses what the attachment that it reverts had brought.
  const isAnswered =
    answered &&
    impossible.length === 0 &&
    planned.every(
      ({ request, plans: some }) =>
        request.kind === 'detach' || some.every((plan) => costs(plan).length === 0),
    );
  const question = isAnswered
    ? undefined
    : confirmation(plans, snapshot, workbench.settings(), {
        reviewed: reviewed || answered,
        leftOut: impossible.map(reasonOf),
      });
  if (question && !(await agreed(workbench, control, question, planned, circumstances))) return;
  const [only] = planned;
  if (only && planned.length === 1) return makeOne(workbench, control, only, circumstances);
  await makeLot(workbench, control, {
    ...{ title: lotTitle(plans), record: circumstances.record, cancel: circumstances.cancel },
    requests: planned.map(({ request }) => request),
    accepted: plans.flatMap(costs),
  });
}

/** What can be planned, and why the rest can't. Returned VFs are restored before the first, not before each. */
async function planAll(
  workbench: Workbench,
  control: HostControl,
  requests: ChangeRequest[],
): Promise<{ planned: Planned[]; refused: Refusal[] }> {
  const planned: Planned[] = [];
  const refused: Refusal[] = [];
  for (const request of requests) {
    const found = await planOrAsk(workbench, control, request);
    if (isRefusal(found)) refused.push(found);
    else planned.push(planned.length === 0 ? found : { ...found, plans: found.plans.slice(-1) });
  }
  return { planned, refused };
}

/** A plan, possibly after the user allowed interrupting a protected interface. */
async function planOrAsk(
  workbench: Workbench,
  control: HostControl,
  request: ChangeRequest,
): Promise<Planned | Refusal> {
  const plans = control.plan(request);
  if (!isRefusal(plans)) return { request, plans };
  if (plans.code !== 'protected') return plans;
  const forced = await permissionToInterrupt(workbench, plans, (forceInterface) => ({
    ...request,
    forceInterface,
  }));
  return forced ? planOrAsk(workbench, control, forced) : { ...plans, code: 'not-confirmed' };
}

const reasonOf = (refusal: Refusal): string => refusalText(refusal, inTheWorkbench.say).reason;

/** Nothing can be done: the one reason, or all of them as one. */
function tellRefused(workbench: Workbench, refused: Refusal[], asked: number): void {
  const [first] = refused;
  if (!first) return;
  const reasons = [...new Set(refused.map(reasonOf))];
  if (asked === 1 || reasons.length === 1) return tellRefusal(workbench, first);
  for (const reason of reasons) workbench.log.info(`refused: ${reason}`);
  const [shown = '', ...others] = reasons;
  tellRefusal(workbench, {
    ...first,
    next: undefined,
    reason: l10n.t('None of the {0} is possible. {1} Others: {2}', asked, shown, others.join(' ')),
  });
}

async function agreed(
  workbench: Workbench,
  control: HostControl,
  { message, detail, verb, forGood }: Confirmation,
  planned: Planned[],
  { record }: Circumstances,
): Promise<boolean> {
  const see = l10n.t('Show Plan');
  // Where there is a record, a page shows the plan already.
  const buttons = [verb, ...(forGood ? [forGood.verb] : []), ...(record ? [] : [see])];
  const answer = await workbench.dialogs.warn({ message, detail, buttons });
  if (answer === see)
    await showPlan(
      workbench,
      control,
      planned.map(({ request }) => request),
    );
  if (forGood && answer === forGood.verb) await workbench.setSetting(forGood.setting, 'never');
  return answer === verb || (forGood !== undefined && answer === forGood.verb);
}

async function makeOne(
  workbench: Workbench,
  control: HostControl,
  { request, plans }: Planned,
  { record = new ChangeRecord(), cancel }: Circumstances,
): Promise<void> {
  const title = oneLine(plans.at(-1)?.title ?? l10n.t('Change'));
  const accepted = plans.flatMap(costs);
  try {
    const outcome = await workbench.dialogs.progress(title, (report, signal) =>
      make(workbench, control, request, {
        ...{ title, accepted, report, records: [record] },
        signal: cancel ? AbortSignal.any([signal, cancel]) : signal,
      }),
    );
    await workbench.pages.keep(control.id, record);
    tellOutcome(workbench, outcome, {
      undo: undo(workbench, control, request, record),
      show: () => workbench.pages.showPlan({ host: control.id, requests: [request], plans, record }),
      ...(request.kind === 'attach' && request.mode !== 'macvlan'
        ? { check: () => workbench.execute('sriov.vf.checkPath', { host: control.id, on: request.vf }) }
        : {}),
    });
    if (outcome.status !== 'done') return;
    workbench.guide.made(request);
    reveal(workbench, outcome);
  } catch (error) {
    tellTrouble(workbench, l10n.t('Could not start “{0}”', title), error);
  }
}

/** Undoes the change: no question, the button was the answer. */
function undo(
  workbench: Workbench,
  control: HostControl,
  request: ChangeRequest,
  record: ChangeRecord,
): (() => Promise<void>) | undefined {
  const backs = undoRequest(control.snapshot, request, record);
  if (backs.length === 0) return undefined;
  return async () => {
    if (workbench.host.use(control.id) && workbench.host.control === control)
      await change(workbench, backs, { answered: true });
  };
}
