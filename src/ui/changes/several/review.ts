import { l10n } from 'vscode';
import { refusalText } from '../../../control/withAdvice';
import { asksFirst, isRefusal, refuse, type Plan, type Refusal } from '../../../model/plan';
import type { HostSnapshot } from '../../../model/snapshot';
import { planChange } from '../../../planning/plan';
import type { Choice } from '../../dialogs/dialogs';
import { vfTitle } from '../../tree/vfState';
import { inTheWorkbench } from '../adviceText';
import { requestFrom, summary, type AttachDraft, type Then } from '../attachDraft';
import { unavailable, type Choices } from '../choices';
import { remarkRows } from '../remarks';
import { clashOf } from './clashes';
import { together } from './together';

interface Planned {
  draft: AttachDraft;
  plan: Plan | Refusal;
}

/** The last question before several attachments: what becomes of them, each of them, and all that their plans say. */
export function reviewOf(
  snapshot: HostSnapshot,
  drafts: AttachDraft[],
  { more, verb }: { more: boolean; verb: string },
): Choices<Then> {
  const planned = plan(snapshot, drafts);
  const refused = planned.map((one) => one.plan).filter(isRefusal);
  const remarks =
    refused.length > 0 ? [] : remarkRows<Then>(together(planned.map((one) => one.plan)), 'show-plan');
  return {
    placeholder: l10n.t('Ready'),
    choices: [
      ...ways(verb, drafts.length, refused),
      ...(more ? [options] : []),
      l10n.t('one after the other'),
      ...planned.map((one) => row(snapshot, one)),
      ...remarks,
    ],
  };
}

/** Whether there is something to look at before they are made: one can't be, or something is lost or doubtful. */
export const areToBeReviewed = (snapshot: HostSnapshot, drafts: AttachDraft[]): boolean =>
  plan(snapshot, drafts).some((one) => isRefusal(one.plan) || asksFirst(one.plan));

const plan = (snapshot: HostSnapshot, drafts: AttachDraft[]): Planned[] =>
  drafts.flatMap((draft, at) => {
    const request = requestFrom({ ...draft, then: 'attach' });
    if (!request) return [];
    const clash = clashOf(draft, drafts.slice(0, at));
    return [{ draft, plan: clash === undefined ? planChange(snapshot, request) : refuse('invalid', clash) }];
  });

/** None is made where one can't be: its row says why. */
function ways(verb: string, count: number, [first, ...others]: Refusal[]): Choice<Then>[] {
  const make: Choice<Then> = { label: verb, icon: 'plug', value: 'attach' };
  if (first)
    return [
      {
        ...make,
        ...unavailable(l10n.t('{0} of {1} not possible', others.length + 1, count), reason(first)),
      },
    ];
  return [
    make,
    {
      label: l10n.t('Show Plan'),
      description: l10n.t('every step and its undo, without running them'),
      icon: 'list-ordered',
      value: 'show-plan',
    },
  ];
}

const options: Choice<Then> = {
  label: l10n.t('More Options…'),
  description: [l10n.t('VLAN'), l10n.t('MTU')].join(', '),
  icon: 'settings',
  value: 'more',
};

function row(snapshot: HostSnapshot, { draft, plan: planned }: Planned): Choice<Then> {
  const { vf, container } = draft;
  const one: Choice<Then> = {
    label: `${vf ? vfTitle(snapshot, vf) : '?'} → ${container?.name ?? '?'}`,
    description: summary(draft),
    icon: 'arrow-small-right',
    value: 'show-plan',
  };
  if (!isRefusal(planned)) return one;
  const why = reason(planned);
  return { ...one, icon: 'error', detail: why, unavailable: why };
}

const reason = (refusal: Refusal): string => refusalText(refusal, inTheWorkbench.say).reason;
