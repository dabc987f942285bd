import { l10n } from 'vscode';
import type { Container } from '../../../model/container';
import type { VirtualFunction } from '../../../model/functions';
import type { AttachRequest } from '../../../model/request';
import type { HostSnapshot } from '../../../model/snapshot';
import { back, type Choice, type Dialogs } from '../../dialogs/dialogs';
import { walk, type Step } from '../../dialogs/walk';
import { isAttachable } from '../../tree/vfState';
import { answersIn, answersText, emptyAnswers, type Answers } from '../answers';
import { requestFrom, type AttachDraft } from '../attachDraft';
import { containerChoices, freeVfChoices, unavailable, type Choices } from '../choices';
import { lastAnswersOf, type LastAnswers } from '../startingPoints/lastAnswers';
import { answersOfSeveral, type Preset } from '../startingPoints/presets';
import { attachmentsOf, emptySeveral, type SeveralDraft } from './draft';
import { severalQuestions } from './questions';
import { areToBeReviewed, reviewOf } from './review';
import { severalTitle } from './title';

/** What the caller knows: VFs, containers, or as many of both. */
export type Known = Pick<SeveralDraft, 'vfs' | 'containers'>;

/** What was answered: a request for each, in order, whether to make them or only to show what they do, and what is to be remembered. */
export interface Several {
  requests: AttachRequest[];
  then: 'attach' | 'show-plan';
  remember?: ToRemember[];
}

/** Of a container: what was answered for all, and what comes to the first that it gets. */
interface ToRemember {
  container: Container;
  answers: Answers;
  first: LastAnswers | undefined;
}

/** What there may be to begin with. */
interface Offers {
  last: (container: Container) => Answers | undefined;
  presets: Record<string, Preset>;
}

/** Asks for everything that several attachments take: where, one question each for names and addresses, and a last one that shows all. */
export async function askSeveral(
  dialogs: Dialogs,
  snapshot: HostSnapshot,
  known: Known,
  offers: Offers = { last: () => undefined, presets: {} },
): Promise<Several | undefined> {
  const started = (draft: SeveralDraft) => typeof draft.start === 'object';
  const text = (field: keyof typeof severalQuestions, when: When = (draft) => !started(draft)) =>
    askText(dialogs, snapshot, field, when);
  const wantsMore: When = ({ then }) => then === 'more';
  const steps: Step<SeveralDraft>[] = [
    ...(known.vfs.length > 0 ? [] : [pickVfs(dialogs, snapshot)]),
    ...(known.containers.length > 0
      ? []
      : [pick(dialogs, 'to', (draft) => targets(snapshot, draft)), pickContainers(dialogs, snapshot)]),
    pickStart(dialogs, snapshot, offers),
    text('name'),
    text('addresses'),
    askThen(dialogs, snapshot, true, (draft) => !started(draft) || needsReview(snapshot, draft)),
    text('vlan', wantsMore),
    text('mtu', wantsMore),
    askThen(dialogs, snapshot, false, wantsMore),
  ];
  const draft = await walk({ ...emptySeveral, ...known }, steps);
  const all = draft && attachmentsOf(snapshot, draft);
  if (!all || typeof all === 'string') return undefined;
  const requests = all.flatMap((one) => requestFrom(one) ?? []);
  const remember = draft.containers.map((container) => ({
    ...{ container, answers: answersIn(draft) },
    first: firstOf(snapshot, all, container),
  }));
  return { requests, then: draft.then === 'show-plan' ? 'show-plan' : 'attach', remember };
}

function firstOf(snapshot: HostSnapshot, all: AttachDraft[], to: Container): LastAnswers | undefined {
  const first = all.find(({ container }) => container === to);
  return first?.vf && lastAnswersOf(snapshot, { ...first, vf: first.vf });
}

type When = (draft: SeveralDraft) => boolean;

/** As many as there are containers, the first free ones to begin with; any number for a single one. */
const pickVfs = (dialogs: Dialogs, snapshot: HostSnapshot): Step<SeveralDraft> => ({
  async ask(draft, place) {
    const { choices } = freeVfChoices(snapshot);
    const needed = draft.containers.length;
    const free = snapshot.pfs.flatMap(({ vfs }) => vfs).filter(isAttachable);
    const picked = draft.vfs.length > 0 ? draft.vfs : needed > 1 ? free.slice(0, needed) : [];
    const answer = await dialogs.pickMany<VirtualFunction>({
      ...{ ...place, title: severalTitle(draft), choices, picked },
      placeholder:
        needed > 1 ? l10n.t('Pick {0} VFs, one for each container', needed) : l10n.t('Pick free VFs'),
      problem: ({ length }) => wrongCount(length, needed > 1 ? needed : undefined),
    });
    return answered(draft, 'vfs', answer);
  },
});

const pickContainers = (dialogs: Dialogs, snapshot: HostSnapshot): Step<SeveralDraft> => ({
  when: ({ to }) => to === 'each',
  async ask(draft, place) {
    const { choices } = containerChoices(snapshot);
    const needed = draft.vfs.length;
    const answer = await dialogs.pickMany<Container>({
      ...{ ...place, title: severalTitle({ ...draft, containers: [] }) },
      choices: choices.filter((choice) => typeof choice !== 'object' || choice.unavailable === undefined),
      picked: draft.containers,
      placeholder: l10n.t('Pick {0} containers, one for each VF', needed),
      problem: ({ length }) => wrongCount(length, needed),
    });
    return answered(draft, 'containers', answer);
  },
});

function wrongCount(length: number, needed: number | undefined): string | undefined {
  if (needed !== undefined && length !== needed)
    return l10n.t('{0} are picked, {1} are needed', length, needed);
  return length === 0 ? l10n.t('none is picked yet') : undefined;
}

/** One that gets them all, or several with one each. */
function targets(snapshot: HostSnapshot, { vfs }: SeveralDraft): Choices<Container | 'each'> {
  const { placeholder, choices } = containerChoices(snapshot);
  const fit = choices.filter((choice) => typeof choice === 'object' && choice.unavailable === undefined);
  const each = {
    label: l10n.t('One to Each of Several Containers…'),
    icon: 'list-tree',
    value: 'each' as const,
  };
  return {
    placeholder,
    choices: vfs.length > 1 && fit.length >= vfs.length ? [...choices, l10n.t('several'), each] : choices,
  };
}

/** What was answered before, or a preset, answers everything at once. */
function pickStart(dialogs: Dialogs, snapshot: HostSnapshot, { last, presets }: Offers): Step<SeveralDraft> {
  const point = (draft: SeveralDraft, label: string, icon: string, answers: Answers): Choice<Answers> => {
    const found = attachmentsOf(snapshot, { ...draft, ...answers });
    const choice = { label, icon, description: answersText(answers).join(' · '), value: answers };
    return typeof found === 'string' ? { ...choice, ...unavailable(l10n.t('not possible'), found) } : choice;
  };
  const before = ({ containers: [first] }: SeveralDraft) => first && last(first);
  const step = pick(dialogs, 'start', (draft) => {
    const answers = before(draft);
    return {
      placeholder: l10n.t('Start from'),
      choices: [
        ...(answers ? [point(draft, l10n.t('Like Last Time'), 'history', answers)] : []),
        ...Object.entries(presets).map(([name, preset]) =>
          point(draft, name, 'tag', answersOfSeveral(preset)),
        ),
        { label: l10n.t('New Answers…'), icon: 'edit', value: 'ask' as const },
      ],
    };
  });
  return {
    when: (draft) => Object.keys(presets).length > 0 || before(draft) !== undefined,
    async ask(draft, place) {
      const answer = await step.ask(draft, place);
      if (answer === undefined || answer === back) return answer;
      const answers = typeof answer.start === 'object' ? answer.start : emptyAnswers;
      return { ...answer, ...answers, then: 'attach' };
    },
  };
}

const needsReview = (snapshot: HostSnapshot, draft: SeveralDraft): boolean => {
  const all = attachmentsOf(snapshot, draft);
  return typeof all === 'string' || areToBeReviewed(snapshot, all);
};

const askThen = (dialogs: Dialogs, snapshot: HostSnapshot, more: boolean, when: When): Step<SeveralDraft> =>
  pick(
    dialogs,
    'then',
    (draft) => {
      const all = attachmentsOf(snapshot, draft);
      const drafts = typeof all === 'string' ? [] : all;
      const verb = drafts.length === 1 ? l10n.t('Attach') : l10n.t('Attach {0} VFs', drafts.length);
      return reviewOf(snapshot, drafts, { more, verb });
    },
    when,
  );

const askText = (
  dialogs: Dialogs,
  snapshot: HostSnapshot,
  field: keyof typeof severalQuestions,
  when: When,
): Step<SeveralDraft> => ({
  when,
  async ask(draft, place) {
    const { read, ...asked } = severalQuestions[field](draft, snapshot);
    const question = { ...place, title: severalTitle(draft), value: draft[field], ...asked };
    const answer = await dialogs.ask(question);
    if (read && typeof answer === 'string') return { ...draft, ...read(answer) };
    return answered(draft, field, answer);
  },
});

const pick = <K extends 'to' | 'start' | 'then'>(
  dialogs: Dialogs,
  field: K,
  choices: (draft: SeveralDraft) => Choices<NonNullable<SeveralDraft[K]>>,
  when?: When,
): Step<SeveralDraft> => ({
  when,
  async ask(draft, place) {
    const answer = await dialogs.pick({ ...place, title: severalTitle(draft), ...choices(draft) });
    const next = answered(draft, field, answer);
    if (field !== 'to' || typeof next !== 'object') return next;
    const { to } = next;
    return { ...next, containers: typeof to === 'object' ? [to] : [] };
  },
});

const answered = <K extends keyof SeveralDraft>(
  draft: SeveralDraft,
  field: K,
  answer: SeveralDraft[K] | typeof back | undefined,
): SeveralDraft | typeof back | undefined =>
  answer === back || answer === undefined ? answer : { ...draft, [field]: answer };
