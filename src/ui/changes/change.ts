import { l10n } from 'vscode';
import type { ChangeRequest } from '../../model/request';
import { isRefusal, type Plan } from '../../model/plan';
import type { Outcome, Progress } from '../../model/outcome';
import type { HostSnapshot } from '../../model/snapshot';
import type { HostControl } from '../../control/hostControl';
import { oneLine } from '../hostText';
import type { Report } from '../dialogs/dialogs';
import type { Workbench } from '../workbench';
import { ChangeRecord } from './changeRecord';
import { confirmation, type Confirmation } from './confirmation';
import { showPlan } from './showPlan';
import { tellOutcome, tellRefusal, tellTrouble } from './tell';
import { permissionToInterrupt, stillThere } from './permission';
import { undoRequest } from './undoRequest';

interface Planned {
  request: ChangeRequest;
  plans: Plan[];
}

/** What the user knows of changes that are to be made, and who else wants to know how that goes. */
interface Circumstances {
  /** The user has just seen what the plan says. */
  reviewed?: boolean;
  /** What was pressed said that it is to be done: only a loss or a doubt is asked about. */
  answered?: boolean;
  /** What is heard goes in here, and ends it. */
  record?: ChangeRecord;
  /** Cancels, as the notification does. */
  cancel?: AbortSignal;
}

/**
 * Makes changes: plans them, asks where something would be lost, runs them one after the other with progress, tells how
 * each ended. Stops at the first that doesn't succeed.
 */
export async function change(
  workbench: Workbench,
  requests: ChangeRequest[],
  circumstances: Circumstances = {},
): Promise<void> {
  const { reviewed = false, answered = false } = circumstances;
  const { control, snapshot } = workbench.host;
  if (!control) return;
  const planned: Planned[] = [];
  for (const request of requests) {
    const one = await planOrTell(workbench, control, request);
    if (!one) return;
    planned.push(one);
  }
  const plans = planned.flatMap((one) => one.plans);
  // A detachment loses what the attachment brought that it takes back.
  const isAnswered =
    answered &&
    planned.every(
      ({ request, plans: some }) =>
        request.kind === 'detach' || some.every((plan) => costs(plan).length === 0),
    );
  const question = isAnswered
    ? undefined
    : confirmation(plans, snapshot, workbench.settings(), reviewed || answered);
  if (question && !(await agreed(workbench, control, question, planned, circumstances))) return;
  for (const one of planned) {
    const outcome = await execute(workbench, control, one, circumstances);
    if (outcome?.status !== 'done') return;
    workbench.guide.made(one.request);
    const changed = changedBy(outcome.plan, outcome.snapshot);
    if (changed) workbench.rows.reveal(changed);
  }
}

function changedBy(
  { promises }: Plan,
  { pfs }: HostSnapshot,
): { kind: 'pf' | 'vf'; pci: string } | undefined {
  const promise = promises.at(-1);
  if (!promise) return undefined;
  if (promise.kind === 'vf-count' || promise.kind === 'autoprobe') return { kind: 'pf', pci: promise.pf };
  const pci = promise.kind === 'macvlan' ? promise.key.split('.macvlan-')[0] : promise.vf;
  if (pci === undefined) return undefined;
  return { kind: pfs.some((pf) => pf.pci === pci) ? 'pf' : 'vf', pci };
}

/** A plan, possibly after the user allowed interrupting a protected interface; otherwise shows the reason. */
async function planOrTell(
  workbench: Workbench,
  control: HostControl,
  request: ChangeRequest,
): Promise<Planned | undefined> {
  const plans = control.plan(request);
  if (!isRefusal(plans)) return { request, plans };
  if (plans.code !== 'protected') {
    tellRefusal(workbench, plans);
    return undefined;
  }
  const forced = await permissionToInterrupt(workbench, plans, (forceInterface) => ({
    ...request,
    forceInterface,
  }));
  return forced && planOrTell(workbench, control, forced);
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

async function execute(
  workbench: Workbench,
  control: HostControl,
  { request, plans }: Planned,
  { record = new ChangeRecord(), cancel }: Circumstances,
): Promise<Outcome | undefined> {
  const { dialogs, log } = workbench;
  const title = oneLine(plans.at(-1)?.title ?? l10n.t('Change'));
  const accepted = plans.flatMap(costs);
  log.info(`${title} on ${control.id}`);
  try {
    const outcome = await dialogs.progress(title, (report, signal) =>
      control.change(request, {
        signal: cancel ? AbortSignal.any([signal, cancel]) : signal,
        onPlan: ({ notes }) => notes.forEach((note) => log.info(note)),
        onProgress: (progress) => tellProgress(workbench, report, progress),
        onHeard: (heard) => record.hear(heard),
        confirm: (plan) => confirmNews(workbench, plan, accepted),
        stillThere: () => stillThere(workbench, title),
      }),
    );
    record.end(outcome);
    await workbench.pages.keep(control.id, record);
    tellOutcome(workbench, outcome, {
      undo: undo(workbench, control, request, record),
      show: () => workbench.pages.showPlan({ host: control.id, requests: [request], plans, record }),
    });
    return outcome;
  } catch (error) {
    tellTrouble(workbench, l10n.t('Could not start “{0}”', title), error);
    return undefined;
  }
}

/** Takes the change back: no question, the button was the answer. */
function undo(
  workbench: Workbench,
  control: HostControl,
  request: ChangeRequest,
  record: ChangeRecord,
): (() => Promise<void>) | undefined {
  const back = undoRequest(control.snapshot, request, record);
  if (!back) return undefined;
  return async () => {
    if (workbench.host.use(control.id) && workbench.host.control === control)
      await change(workbench, [back], { answered: true });
  };
}

/** Asks again when the host isn't what it was when the question was answered. */
async function confirmNews(workbench: Workbench, plan: Plan, accepted: string[]): Promise<boolean> {
  if (costs(plan).every((cost) => accepted.includes(cost))) return true;
  const question = confirmation([plan], undefined, workbench.settings());
  if (!question) return true;
  const detail = `${l10n.t('The host has changed since you were asked.')}\n${question.detail}`;
  const answer = await workbench.dialogs.warn({
    message: question.message,
    detail,
    buttons: [question.verb],
  });
  return answer === question.verb;
}

const costs = ({ losses, doubts = [] }: Plan): string[] => [...losses, ...doubts];

function tellProgress({ log, dialogs }: Workbench, report: Report, progress: Progress): void {
  if (progress.kind === 'note') {
    log.info(progress.text);
    return;
  }
  const { kind, count, title } = progress;
  const place = `${progress.index + 1}/${count}`;
  log.info(`${kind} ${place} ${title}`);
  const text =
    kind === 'undo' ? l10n.t('undoing {0} {1}', place, title) : l10n.t('step {0} {1}', place, title);
  report({ message: text, increment: kind === 'step' ? 100 / count : undefined });
  // The notification closes on cancel, while the host is still working.
  if (kind === 'undo') dialogs.say(text);
}
