import type { Container } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import type { AttachRequest, KeepRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { back, type Dialogs } from '../dialogs/dialogs';
import { walk, type Step } from '../dialogs/walk';
import {
  emptyDraft,
  movedDraft,
  requestFrom,
  takesMac,
  takesVlan,
  type AttachDraft,
  type Then,
} from './attachDraft';
import { emptyAnswers, type StartingPoint } from './answers';
import { questions, type TextField } from './attachQuestions';
import { isToBeReviewed, review } from './attachReview';
import { attachTitle } from './attachTitle';
import { containerChoices, freeVfChoices, type Choices } from './choices';
import { baseChoices, formChoices } from './formChoices';
import { keptFrom } from './keepRequest';
import { lastAnswersOf, type LastAnswers } from './startingPoints/lastAnswers';
import { startingPoints, type Offers } from './startingPoints/startingPoints';

/** What the caller knows: nothing, a VF or a container; an adapter or VF of which the form is asked for; or a VF that moves. */
export interface Known {
  vf?: VirtualFunction;
  container?: Container;
  /** Ask what the container gets; of `base`, where that is known. */
  forms?: boolean;
  base?: VirtualFunction;
  move?: boolean;
}

/** What was answered: the request, what becomes of it, and what is to be remembered. */
export interface Asked {
  request: AttachRequest | KeepRequest;
  then: Then;
  container: Container;
  remember?: LastAnswers;
}

/**
 * Asks for everything that an attachment needs and isn't known yet. Resolves to the request, and whether to make the change or
 * only to show it.
 */
export async function askAttachment(
  dialogs: Dialogs,
  snapshot: HostSnapshot,
  known: Known,
  offers: Offers = { last: () => undefined, presets: {} },
): Promise<Asked | undefined> {
  const { vf, container, base, forms, move } = known;
  const titleOf = (draft: AttachDraft) => attachTitle(snapshot, draft, forms);
  const ofBase = (draft: AttachDraft) => attachTitle(snapshot, { ...draft, vf: undefined }, forms, 'of-base');
  const text = (field: TextField, when: When = () => true) =>
    askText(dialogs, snapshot, field, titleOf, (draft) => !isStarted(draft) && when(draft));
  const more = (field: TextField, when: When = () => true) =>
    askText(dialogs, snapshot, field, titleOf, (draft) => wantsMore(draft) && when(draft));
  const startsFrom = (draft: AttachDraft) => startingPoints(snapshot, draft, offers);
  const hasStarts: When = (draft) => !forms && !move && startsFrom(draft).choices.length > 0;
  const start = afresh(pick(dialogs, 'start', titleOf, startsFrom, hasStarts));
  const needsVf: When = ({ start: from }) => typeof from !== 'object' || from.vf === undefined;
  const steps = [
    ...(forms && !base ? [pick(dialogs, 'base', titleOf, () => baseChoices(snapshot))] : []),
    ...(forms ? [askForm(dialogs, snapshot, titleOf)] : []),
    ...(forms
      ? [pick(dialogs, 'vf', ofBase, ({ base: pf }) => freeVfChoices(snapshot, pf?.pci), isVfOfBase)]
      : []),
    ...(container ? [start] : []),
    ...(vf || forms ? [] : [pick(dialogs, 'vf', titleOf, () => freeVfChoices(snapshot), needsVf)]),
    ...(container ? [] : [pick(dialogs, 'container', titleOf, (draft) => targets(snapshot, draft)), start]),
    text('name'),
    text('addresses'),
    pick(
      dialogs,
      'then',
      titleOf,
      (draft) => review(snapshot, draft, true),
      (draft) => !isStarted(draft) || isToBeReviewed(snapshot, draft),
    ),
    more('mac', takesMac),
    more('vlan', takesVlan),
    ...(['mtu', 'routes'] as const).map((field) => more(field)),
    pick(dialogs, 'then', titleOf, (draft) => review(snapshot, draft, false), wantsMore),
  ];
  const first = move && vf ? movedDraft(snapshot, vf) : emptyDraft;
  const draft = await walk({ ...first, vf, base, container }, steps);
  const asked = draft && requestFrom(draft);
  if (!asked || !draft.vf || !draft.container) return undefined;
  const request = draft.then === 'keep' ? keptFrom(asked) : asked;
  const remember = lastAnswersOf(snapshot, { ...draft, vf: draft.vf });
  return { request, then: draft.then, container: draft.container, remember };
}

/** Everything was answered at once. */
const isStarted = ({ start }: AttachDraft): boolean => typeof start === 'object';

type When = (draft: AttachDraft) => boolean;

/** Of an adapter, one of its VFs is wanted. */
const isVfOfBase = ({ base, form }: AttachDraft): boolean => base?.index === -1 && form === 'vf';

const askForm = (dialogs: Dialogs, snapshot: HostSnapshot, titleOf: TitleOf): Step<AttachDraft> => {
  const step = pick(dialogs, 'form', titleOf, ({ base }) => formChoices(snapshot, base));
  return {
    ask: async (draft, place) => {
      const answered = await step.ask(draft, place);
      if (answered === undefined || answered === back) return answered;
      return { ...answered, vf: isVfOfBase(answered) ? undefined : answered.base };
    },
  };
};

/** A VF can't be moved to the container that has it. */
const targets = (snapshot: HostSnapshot, { moves, vf }: AttachDraft): Choices<Container> =>
  containerChoices(moves ? { ...snapshot, containers: withoutHolder(snapshot, vf) } : snapshot);

const withoutHolder = ({ containers }: HostSnapshot, vf: VirtualFunction | undefined): Container[] =>
  containers.filter(({ netnsInode }) => netnsInode === null || netnsInode !== vf?.holder.netnsInode);

const wantsMore = ({ then }: AttachDraft): boolean => then === 'more';

type TitleOf = (draft: AttachDraft) => string;

const pick = <K extends 'base' | 'form' | 'vf' | 'container' | 'start' | 'then'>(
  dialogs: Dialogs,
  field: K,
  titleOf: TitleOf,
  choices: (draft: AttachDraft) => Choices<NonNullable<AttachDraft[K]>>,
  when?: When,
): Step<AttachDraft> => ({
  when,
  ask: async (draft, place) =>
    answered(draft, field, await dialogs.pick({ ...place, title: titleOf(draft), ...choices(draft) })),
});

const askText = (
  dialogs: Dialogs,
  snapshot: HostSnapshot,
  field: TextField,
  titleOf: TitleOf,
  when?: When,
): Step<AttachDraft> => ({
  when,
  ask: async (draft, place) => {
    const { read, ...asked } = questions[field](draft, snapshot);
    const text = await dialogs.ask({ value: draft[field], ...place, title: titleOf(draft), ...asked });
    if (read && typeof text === 'string') return { ...draft, ...read(text) };
    return answered(draft, field, text);
  },
});

const answered = <K extends keyof AttachDraft>(
  draft: AttachDraft,
  field: K,
  answer: AttachDraft[K] | typeof back | undefined,
): AttachDraft | typeof back | undefined =>
  answer === back || answer === undefined ? answer : { ...draft, [field]: answer };

/** The chosen starting point replaces all answers. */
const afresh = ({ when, ask }: Step<AttachDraft>): Step<AttachDraft> => ({
  when,
  async ask(draft, place) {
    const answer = await ask(draft, place);
    if (answer === undefined || answer === back) return answer;
    const { answers = emptyAnswers, vf = answer.vf }: Partial<StartingPoint> =
      typeof answer.start === 'object' ? answer.start : {};
    return { ...answer, ...answers, vf, then: 'attach' };
  },
});
