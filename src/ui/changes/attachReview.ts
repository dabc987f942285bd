import { isRefusal, type Plan, type Refusal } from '../../model/plan';
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
    placeholder: 'Ready',
    choices: [...ways(draft, plan, more), ...remarkRows<Then>(plan, 'show-plan')],
  };
}

function planOf(snapshot: HostSnapshot, draft: AttachDraft): Plan | Refusal | undefined {
  const request = requestFrom({ ...draft, then: 'attach' });
  return request && planChange(snapshot, request);
}

function ways(draft: AttachDraft, plan: Plan | Refusal | undefined, more: boolean): Choice<Then>[] {
  const verb = draft.moves ? 'Move' : 'Attach';
  const advice = plan && !isRefusal(plan) ? (plan.advice ?? []) : [];
  const brought = advice.find((one) => one.do === 'clear-first')?.brings;
  const options = [
    ...(takesMac(draft) ? ['MAC address'] : []),
    ...(takesVlan(draft) ? ['VLAN'] : []),
    ...['MTU', 'routes'],
  ];
  return [
    { label: verb, description: summary(draft), icon: 'plug', value: 'attach' },
    ...(brought
      ? [
          {
            label: `Clear and ${verb}`,
            description: `without ${brought.join(', ')}`,
            icon: 'clear-all',
            value: 'clear' as const,
          },
        ]
      : []),
    {
      label: 'Show Plan',
      description: 'every step and its undo, without running them',
      icon: 'list-ordered',
      value: 'show-plan',
    },
    ...(more
      ? [
          {
            label: 'More Options…',
            description: options.join(', '),
            icon: 'settings',
            value: 'more' as const,
          },
        ]
      : []),
  ];
}
