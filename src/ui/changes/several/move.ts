import { l10n } from 'vscode';
import type { Container } from '../../../model/container';
import type { VirtualFunction } from '../../../model/functions';
import type { HostSnapshot } from '../../../model/snapshot';
import { interfaceNameProblem } from '../../../model/values';
import { back, type Dialogs } from '../../dialogs/dialogs';
import { walk, type Step } from '../../dialogs/walk';
import { movedDraft, proposedName, requestFrom, type AttachDraft, type Then } from '../attachDraft';
import { containerChoices } from '../choices';
import { namesOf, takenIn, type Pair } from './draft';
import { place } from './names';
import { listed } from './questions';
import { reviewOf } from './review';
import type { Several } from './wizard';

interface MoveDraft {
  container?: Container;
  /** A pattern, where the names that they have can't be kept. */
  names: string;
  then: Then;
}

/** Asks where VFs go that are in containers: each takes along what it has there, and its name where that is possible. */
export async function askMoves(
  dialogs: Dialogs,
  snapshot: HostSnapshot,
  vfs: VirtualFunction[],
  to?: Container,
): Promise<Several | undefined> {
  const pairs = ({ container }: MoveDraft): Pair[] => (container ? vfs.map((vf) => ({ vf, container })) : []);
  const drafts = (draft: MoveDraft): AttachDraft[] => {
    const names = draft.names === '' ? undefined : namesOf(draft.names, pairs(draft));
    return pairs(draft).map((pair, at) => {
      const moved = { ...movedDraft(snapshot, pair.vf), container: pair.container };
      return typeof names === 'object' ? { ...moved, name: names[at] ?? '' } : moved;
    });
  };
  const titleOf = ({ container }: MoveDraft): string =>
    container
      ? l10n.t('Move {0} VFs to {1}', vfs.length, container.name)
      : l10n.t('Move {0} VFs to a Container', vfs.length);
  const where: Step<MoveDraft> = {
    when: () => !to,
    async ask(draft, place) {
      const title = titleOf({ ...draft, container: undefined });
      const container = await dialogs.pick({ ...place, title, ...containerChoices(snapshot) });
      return container === back || !container ? container : { ...draft, container };
    },
  };
  const otherNames: Step<MoveDraft> = {
    when: (draft) => !keepNames(drafts({ ...draft, names: '' }), pairs(draft)),
    async ask(draft, at) {
      const found = (text: string) => namesOf(text, pairs(draft));
      const names = await dialogs.ask({
        ...{ ...at, title: titleOf(draft), value: draft.names, placeholder: `eth${place}` },
        prompt: l10n.t(
          'Interface names such as {0}, where {1} is the next free number: their current names can’t be kept there.',
          `eth${place}`,
          place,
        ),
        problem: (text) => {
          const all = text === '' ? interfaceNameProblem(text) : found(text);
          return typeof all === 'string' ? all : undefined;
        },
        comesTo: (text) => listed(found(text)),
      });
      return names === back || names === undefined ? names : { ...draft, names };
    },
  };
  const last: Step<MoveDraft> = {
    async ask(draft, at) {
      const verb = l10n.t('Move {0} VFs', vfs.length);
      const shown = reviewOf(snapshot, drafts(draft), { more: false, verb });
      const then = await dialogs.pick({ ...at, title: titleOf(draft), ...shown });
      return then === back || !then ? then : { ...draft, then };
    },
  };
  const first: MoveDraft = { container: to, names: '', then: 'attach' };
  const draft = await walk(first, [where, otherNames, last]);
  if (!draft) return undefined;
  const requests = drafts(draft).flatMap((one) => requestFrom(one) ?? []);
  return { requests, then: draft.then === 'show-plan' ? 'show-plan' : 'attach' };
}

/** Whether no two of them have the same name, and none has one of those that there are. */
function keepNames(drafts: AttachDraft[], pairs: Pair[]): boolean {
  const names = drafts.map(proposedName);
  const taken = takenIn(pairs.slice(0, 1));
  return new Set(names).size === names.length && !names.some((name) => taken.includes(name));
}
