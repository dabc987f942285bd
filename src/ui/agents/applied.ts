import { l10n } from 'vscode';
import type { HostControl } from '../../control/hostControl';
import type { Outcome } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import type { ChangeRequest } from '../../model/request';
import { outcomeText } from '../changes/outcomeText';
import { tellOutcome } from '../changes/tell';
import { oneLine } from '../hostText';
import { hostName } from '../hosts/viewState';
import type { Workbench } from '../workbench';
import { groupsOf, plannedFor, refusedTo } from './planned';
import { obstacle, type Question, type Tool } from './tool';

/**
 * Makes a change that a person agreed to. What they saw is remembered from the question to the change, so that a change that nobody was
 * asked about, or that has become a different one, is asked about here.
 */
export function applyChange(): Tool {
  const shown = new Map<string, string>();
  return {
    running: l10n.t('Making a change'),
    confirm(workbench, input) {
      if (obstacle(workbench, 'change')) return undefined;
      const planned = plannedFor(workbench, input);
      if ('refused' in planned) return undefined;
      const question = questionOf(workbench, planned.plans);
      shown.set(JSON.stringify(input), seenAs(workbench, question));
      return question;
    },
    async run(workbench, input, signal) {
      const barred = obstacle(workbench, 'change');
      if (barred) return barred;
      const planned = plannedFor(workbench, input);
      if ('refused' in planned) return planned;
      const key = JSON.stringify(input);
      const isAgreed = shown.get(key) === seenAs(workbench, questionOf(workbench, planned.plans));
      shown.delete(key);
      if (!isAgreed && !(await asks(workbench, planned.plans))) return notAgreed();
      return execute(workbench, planned, signal);
    },
  };
}

const seenAs = ({ host }: Workbench, question: Question): string => JSON.stringify([host.id, question]);

const notAgreed = () => ({ refused: l10n.t('The person did not agree; nothing was changed.') });

function questionOf({ host }: Workbench, plans: Plan[]): Question {
  const name = hostName(host.id ?? '', host.snapshot);
  const asksPassword = l10n.t('{0} may ask you for sudo’s password.', name);
  return {
    title: l10n.t('{0} on {1}?', plans.at(-1)?.title ?? '', name),
    groups: [
      ...groupsOf(plans),
      ...(host.connection.state === 'limited' ? [{ heading: asksPassword, items: [] }] : []),
    ],
  };
}

/** A modal question, as for a person's own changes. */
async function asks(workbench: Workbench, plans: Plan[]): Promise<boolean> {
  const { title, groups } = questionOf(workbench, plans);
  const verb = plans.at(-1)?.verb ?? l10n.t('Apply');
  const detail = [
    l10n.t('An agent asks for this.'),
    ...groups.map(({ heading, items }) => [heading, ...items.map((item) => `• ${item}`)].join('\n')),
  ].join('\n\n');
  return (await workbench.dialogs.warn({ message: title, detail, buttons: [verb] })) === verb;
}

async function execute(
  workbench: Workbench,
  { request, plans }: { request: ChangeRequest; plans: Plan[] },
  stop: AbortSignal,
): Promise<object> {
  const { control } = workbench.host;
  if (!control) return { refused: l10n.t('No host is connected.') };
  const title = oneLine(plans.at(-1)?.title ?? '');
  workbench.log.info(`an agent, agreed to: ${title} on ${control.id}`);
  try {
    const outcome = await changed(workbench, control, request, plans, title, stop);
    if (outcome.status === 'refused')
      return outcome.refusal.code === 'not-confirmed' ? notAgreed() : refusedTo(outcome.refusal);
    tellOutcome(workbench, outcome);
    const { message, details } = outcomeText(outcome);
    return { done: outcome.status === 'done', result: message, ...(details === message ? {} : { details }) };
  } finally {
    workbench.access.done(control.id);
  }
}

const changed = (
  workbench: Workbench,
  control: HostControl,
  request: ChangeRequest,
  plans: Plan[],
  title: string,
  stop: AbortSignal,
): Promise<Outcome> => {
  const costs = ({ losses, doubts = [] }: Plan) => [...losses, ...doubts];
  const accepted = plans.flatMap(costs);
  return workbench.dialogs.progress(title, (report, signal) =>
    control.change(request, {
      signal: AbortSignal.any([signal, stop]),
      onProgress: (progress) =>
        report({ message: progress.kind === 'note' ? progress.text : progress.title }),
      // The host isn't what it was when the person agreed.
      confirm: async (plan) =>
        costs(plan).every((cost) => accepted.includes(cost)) || asks(workbench, [plan]),
    }),
  );
};
