import { l10n } from 'vscode';
import { isRefusal, type Plan, type Refusal } from '../../model/plan';
import { quoteAll } from '../../model/quote';
import type { ChangeRequest } from '../../model/request';
import { oneLine } from '../hostText';
import type { Workbench } from '../workbench';
import { requestFrom } from './requestFrom';
import { obstacle, type Group, type Refused, type Tool } from './tool';

export const planChange: Tool = {
  running: l10n.t('Planning a change'),
  async run(workbench, input) {
    const barred = obstacle(workbench, 'live');
    if (barred) return barred;
    await workbench.host.refresh();
    const planned = plannedFor(workbench, input);
    return 'refused' in planned ? planned : { plans: planned.plans.map(described) };
  },
};

/** What an agent asked for, and what would be done; or why not. By the last snapshot. */
export function plannedFor(
  { host }: Workbench,
  input: unknown,
): { request: ChangeRequest; plans: Plan[] } | Refused {
  const request = requestFrom(input);
  if (typeof request === 'string') return { refused: request };
  const plans = host.control?.plan(request);
  if (!plans) return { refused: l10n.t('No host is connected.') };
  return isRefusal(plans) ? refusedTo(plans) : { request, plans };
}

/** A person may override a block, an agent may not. */
export const refusedTo = ({ code, reason }: Refusal): Refused & { code: string } => ({
  code,
  refused:
    code === 'protected'
      ? `${reason} ${l10n.t('Only a person can do that, in the workbench: an agent can’t.')}`
      : reason,
});

const described = ({ title, host, steps, losses, doubts = [], notes }: Plan): object => ({
  ...{ title, host },
  steps: steps.map((step) => ({
    step: step.title,
    command: quoteAll(step.apply),
    undo: step.undo === 'none' ? null : quoteAll(step.undo),
  })),
  ...{ losses, warnings: doubts, notes },
});

/** The same for the person who has to agree: everything of it, and nothing that only a program reads. */
export const groupsOf = (plans: Plan[]): Group[] =>
  [
    { heading: l10n.t('This will be lost:'), items: plans.flatMap(({ losses }) => losses) },
    { heading: l10n.t('Warnings:'), items: plans.flatMap(({ doubts = [] }) => doubts) },
    {
      heading: l10n.t('This will be done:'),
      items: plans.flatMap(({ steps }) => steps.map(({ title }) => title)),
    },
    { heading: l10n.t('Notes:'), items: plans.flatMap(({ notes }) => notes) },
  ].flatMap(({ heading, items }) => (items.length === 0 ? [] : [{ heading, items: items.map(oneLine) }]));
