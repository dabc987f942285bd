import { l10n } from 'vscode';
import { refusalText } from '../../control/withAdvice';
import { keepingEngines } from '../../model/lasting/kept';
import { asksFirst, isRefusal, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { planChange } from '../../planning/plan';
import type { Choice } from '../dialogs/dialogs';
import { requestFrom, summary, takesMac, takesVlan, type AttachDraft, type Then } from './attachDraft';
import { inTheWorkbench } from './adviceText';
import { unavailable, type Choices } from './choices';
import { keptFrom } from './keepRequest';
import { remarkRows } from './remarks';

/** The last question before an attachment: what to do with it, above everything that its plan says. */
export function review(snapshot: HostSnapshot, draft: AttachDraft, more: boolean): Choices<Then> {
  const plan = planOf(snapshot, draft);
  return {
    placeholder: l10n.t('Ready'),
    choices: [...ways(snapshot, draft, plan, more), ...remarkRows<Then>(plan, 'show-plan')],
  };
}

/** Whether an answered attachment needs a review first: it isn't possible, or something is lost or doubtful. */
export function isToBeReviewed(snapshot: HostSnapshot, draft: AttachDraft): boolean {
  const plan = planOf(snapshot, draft);
  return !plan || isRefusal(plan) || asksFirst(plan);
}

function planOf(snapshot: HostSnapshot, draft: AttachDraft): Plan | Refusal | undefined {
  const request = requestFrom({ ...draft, then: 'attach' });
  return request && planChange(snapshot, request);
}

function ways(
  snapshot: HostSnapshot,
  draft: AttachDraft,
  plan: Plan | Refusal | undefined,
  more: boolean,
): Choice<Then>[] {
  const verb = draft.moves ? l10n.t('Move') : l10n.t('Attach');
  const advice = plan && !isRefusal(plan) ? (plan.advice ?? []) : [];
  const brought = advice.find((one) => one.do === 'clear-first')?.brings;
  const options = [
    ...(takesMac(draft) ? [l10n.t('MAC address')] : []),
    ...(takesVlan(draft) ? [l10n.t('VLAN')] : []),
    l10n.t('MTU'),
    l10n.t('routes'),
  ];
  return [
    { label: verb, description: summary(draft), icon: 'plug', value: 'attach' },
    ...(brought
      ? [
          {
            label: draft.moves ? l10n.t('Clear and Move') : l10n.t('Clear and Attach'),
            description: l10n.t('without {0}', brought.join(', ')),
            icon: 'clear-all',
            value: 'clear' as const,
          },
        ]
      : []),
    ...(plan && !isRefusal(plan) ? keeping(snapshot, draft) : []),
    {
      label: l10n.t('Show Plan'),
      description: l10n.t('every step and its undo, without running them'),
      icon: 'list-ordered',
      value: 'show-plan',
    },
    ...(more
      ? [
          {
            label: l10n.t('More Options…'),
            description: options.join(', '),
            icon: 'settings',
            value: 'more' as const,
          },
        ]
      : []),
  ];
}

/** A VF can be kept for what its engine tells of; why another reason stands in the way is said. */
function keeping(snapshot: HostSnapshot, draft: AttachDraft): Choice<Then>[] {
  const { form, moves, container } = draft;
  const asked = requestFrom({ ...draft, then: 'attach' });
  const isAble = keepingEngines.some((engine) => engine === container?.engine) && !container?.rootlessOf;
  if (form !== 'vf' || moves || !asked || !isAble) return [];
  const plan = planChange(snapshot, keptFrom(asked));
  const choice: Choice<Then> = { label: l10n.t('Attach and Keep'), icon: 'pinned', value: 'keep' };
  return isRefusal(plan)
    ? [{ ...choice, ...unavailable(l10n.t('not possible'), refusalText(plan, inTheWorkbench.say).reason) }]
    : [{ ...choice, description: l10n.t('also whenever {0} starts again', container?.name ?? '') }];
}
