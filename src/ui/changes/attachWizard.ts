import type { Container } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import type { AttachRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { back, type Choice, type Dialogs } from '../dialogs/dialogs';
import { walk, type Step } from '../dialogs/walk';
import { vfTitle } from '../tree/vfState';
import { emptyDraft, requestFrom, summary, type AttachDraft, type Then } from './attachDraft';
import { questions, type TextField } from './attachQuestions';
import { containerChoices, freeVfChoices } from './choices';

/**
 * Asks for everything that attaching takes and isn't known yet. Resolves to the request, and whether to make the change or
 * only to show it.
 */
export async function askAttachment(
  dialogs: Dialogs,
  snapshot: HostSnapshot,
  known: { vf?: VirtualFunction; container?: Container },
): Promise<{ request: AttachRequest; then: Then } | undefined> {
  const titleOf = (draft: AttachDraft) => title(snapshot, draft);
  const steps = [
    ...(known.vf ? [] : [pick(dialogs, 'vf', titleOf, () => freeVfChoices(snapshot))]),
    ...(known.container ? [] : [pick(dialogs, 'container', titleOf, () => containerChoices(snapshot))]),
    text(dialogs, 'name', titleOf),
    text(dialogs, 'addresses', titleOf),
    text(dialogs, 'gateway', titleOf, ({ addresses }) => addresses !== ''),
    pick(dialogs, 'then', titleOf, (draft) => review(draft, true)),
    ...(['mac', 'vlan', 'mtu', 'routes'] as const).map((field) => text(dialogs, field, titleOf, wantsMore)),
    pick(dialogs, 'then', titleOf, (draft) => review(draft, false), wantsMore),
  ];
  const draft = await walk({ ...emptyDraft, ...known }, steps);
  const request = draft && requestFrom(draft);
  return request && { request, then: draft.then };
}

const wantsMore = ({ then }: AttachDraft): boolean => then === 'more';

type TitleOf = (draft: AttachDraft) => string;

const pick = <K extends 'vf' | 'container' | 'then'>(
  dialogs: Dialogs,
  field: K,
  titleOf: TitleOf,
  choices: (draft: AttachDraft) => {
    placeholder: string;
    choices: (Choice<NonNullable<AttachDraft[K]>> | string)[];
  },
  when?: Step<AttachDraft>['when'],
): Step<AttachDraft> => ({
  when,
  ask: async (draft, place) =>
    answered(draft, field, await dialogs.pick({ ...place, title: titleOf(draft), ...choices(draft) })),
});

const text = (
  dialogs: Dialogs,
  field: TextField,
  titleOf: TitleOf,
  when?: Step<AttachDraft>['when'],
): Step<AttachDraft> => ({
  when,
  ask: async (draft, place) => {
    const question = { value: draft[field], ...place, title: titleOf(draft), ...questions[field](draft) };
    return answered(draft, field, await dialogs.ask(question));
  },
});

const answered = <K extends keyof AttachDraft>(
  draft: AttachDraft,
  field: K,
  answer: AttachDraft[K] | typeof back | undefined,
): AttachDraft | typeof back | undefined =>
  answer === back || answer === undefined ? answer : { ...draft, [field]: answer };

function title(snapshot: HostSnapshot, { vf, container }: AttachDraft): string {
  if (!vf) return `Attach a VF to ${container?.name ?? 'a Container'}`;
  return `Attach ${vfTitle(snapshot, vf)} to ${container?.name ?? 'a Container'}`;
}

function review(draft: AttachDraft, more: boolean) {
  const choices: Choice<Then>[] = [
    { label: 'Attach', description: summary(draft), icon: 'plug', value: 'attach' },
    {
      label: 'Show Plan',
      description: 'every step and its undo, without doing it',
      icon: 'list-ordered',
      value: 'show-plan',
    },
    {
      label: 'More Options…',
      description: 'MAC address, VLAN, MTU, routes',
      icon: 'settings',
      value: 'more',
    },
  ];
  return { placeholder: 'Ready', choices: more ? choices : choices.filter(({ value }) => value !== 'more') };
}
