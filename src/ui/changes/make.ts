import { l10n } from 'vscode';
import type { HostControl } from '../../control/hostControl';
import type { Outcome, Progress } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import type { Report } from '../dialogs/dialogs';
import type { Workbench } from '../workbench';
import type { ChangeRecord } from './changeRecord';
import { confirmation } from './confirmation';
import { stillThere } from './permission';

/** What one change is made with. */
interface Making {
  title: string;
  /** The losses and doubts that somebody has said yes to. */
  accepted: string[];
  /** Nobody was asked about it yet: a question is no second one. */
  isFirstQuestion?: boolean;
  report: Report;
  signal: AbortSignal;
  /** What is heard goes in here, and the end. */
  records: ChangeRecord[];
}

/** Makes one change: with its progress, and a question if the host has changed. */
export async function make(
  workbench: Workbench,
  control: HostControl,
  request: ChangeRequest,
  { title, accepted, isFirstQuestion = false, report, signal, records }: Making,
): Promise<Outcome> {
  const { log } = workbench;
  log.info(`${title} on ${control.id}`);
  const outcome = await control.change(request, {
    signal,
    onPlan: ({ notes }) => notes.forEach((note) => log.info(note)),
    onProgress: (progress) => tellProgress(workbench, report, progress),
    onHeard: (heard) => records.forEach((record) => record.hear(heard)),
    confirm: (plan) => confirmNews(workbench, plan, accepted, isFirstQuestion),
    stillThere: () => stillThere(workbench, title),
  });
  for (const record of records) record.end(outcome);
  return outcome;
}

/** Asks again if the host has changed since the question was answered. */
async function confirmNews(
  workbench: Workbench,
  plan: Plan,
  accepted: string[],
  isFirstQuestion: boolean,
): Promise<boolean> {
  if (costs(plan).every((cost) => accepted.includes(cost))) return true;
  const question = confirmation([plan], undefined, workbench.settings());
  if (!question) return true;
  const { message, detail, verb } = question;
  const changed = l10n.t('The host has changed since you were asked.');
  const answer = await workbench.dialogs.warn({
    message,
    detail: isFirstQuestion ? detail : `${changed}\n${detail}`,
    buttons: [verb],
  });
  return answer === verb;
}

/** What somebody has to say yes to. */
export const costs = ({ losses, doubts = [] }: Plan): string[] => [...losses, ...doubts];

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
