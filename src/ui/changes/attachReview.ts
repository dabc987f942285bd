import { l10n } from 'vscode';
import { asksFirst, isRefusal, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { planChange } from '../../planning/plan';
import type { Choice } from '../dialogs/dialogs';
import { requestFrom, summary, takesMac, takesVlan, type AttachDraft, type Then } from './attachDraft';
import type { Choices } from './choices';
import { remarkRows } from './remarks';

/** The last question before an attachment: what becomes of it, above all that its plan says. */
export function review(snapshot: HostSnapshot, draft: AttachDraft, more: boolean): Choices<Then> {
  const plan = planOf(snapshot, draft);
  return {
    placeholder: l10n.t('Ready'),
    choices: [...ways(draft, plan, more), ...remarkRows<Then>(plan, 'show-plan')],
  };
}

/** Whether an attachment whose questions are answered has to be looked at before it is made: it can't be, or something is lost or doubtful. */
export function isToBeReviewed(snapshot: HostSnapshot, draft: AttachDraft): boolean {
  const plan = planOf(snapshot, draft);
  return !plan || isRefusal(plan) || asksFirst(plan);
}

function planOf(snapshot: HostSnapshot, draft: AttachDraft): Plan | Refusal | undefined {
  const request = requestFrom({ ...draft, then: 'attach' });
  return request && planChange(snapshot, request);
}

function ways(draft: AttachDraft, plan: Plan | Refusal | undefined, more: boolean): Choice<Then>[] {
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
