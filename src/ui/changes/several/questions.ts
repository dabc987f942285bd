import { l10n } from 'vscode';
import type { HostSnapshot } from '../../../model/snapshot';
import { gatewayProblem, interfaceNameProblem } from '../../../model/values';
import type { TextQuestion } from '../../dialogs/dialogs';
import { splitVia, withVia } from '../answers';
import { byHand, emptyDraft, type AttachDraft } from '../attachDraft';
import { questions, type TextField } from '../attachQuestions';
import { attachmentsOf, namesOf, pairsOf, takenIn, type SeveralDraft } from './draft';
import { place } from './names';

type Question = Pick<TextQuestion, 'prompt' | 'placeholder' | 'problem' | 'comesTo'> & {
  value?: string;
  /** What an answer says, where that is more than the value itself. */
  read?: (text: string) => Partial<SeveralDraft>;
};

/** What is asked of all at once. All may stay empty. */
export const severalQuestions: Record<
  'name' | 'addresses' | 'vlan' | 'mtu',
  (draft: SeveralDraft, snapshot: HostSnapshot) => Question
> = {
  name: (draft) => ({
    prompt: l10n.t(
      'Interface names such as {0}, where {1} is the next free number. Leave empty to keep the names on the host: when the container stops, each interface returns under the name it has inside.',
      `eth${place}`,
      place,
    ),
    placeholder: `eth${place}`,
    problem: (text) => namesProblem(draft, text),
    comesTo: (text) => listed(namesOf(text, pairsOf(draft))),
  }),
  addresses: (draft, snapshot) => ({
    value: withVia(draft),
    prompt: l10n.t(
      'Addresses: a range or a network with prefix length, from which each gets the next free one, and “via” a gateway for a default route; or dhcp. Leave empty for none.',
    ),
    placeholder: l10n.t('192.0.2.10-192.0.2.50/24 via 192.0.2.1, 192.0.2.0/24, or dhcp'),
    problem(text) {
      const { addresses, gateway } = splitVia(text);
      const all = attachmentsOf(snapshot, { ...draft, addresses, gateway: gateway ?? '' });
      if (typeof all === 'string' || gateway === undefined) return textOf(all);
      return all
        .map((each) => gatewayProblem(gateway, byHand(each.addresses)))
        .find((problem) => problem !== undefined);
    },
    comesTo(text) {
      const { addresses, gateway = '' } = splitVia(text);
      const all = attachmentsOf(snapshot, { ...draft, addresses, gateway });
      return listed(typeof all === 'string' ? all : all.map((each) => each.addresses));
    },
    read(text) {
      const { addresses, gateway = '' } = splitVia(text);
      return { addresses, gateway };
    },
  }),
  vlan: (draft, snapshot) => ofEach('vlan', draft, snapshot),
  mtu: (draft, snapshot) => ofEach('mtu', draft, snapshot),
};

/** What any single one would be asked, judged for all. */
function ofEach(field: TextField, draft: SeveralDraft, snapshot: HostSnapshot): Question {
  const { prompt, placeholder } = questions[field]({ ...one(draft), vf: undefined }, snapshot);
  return {
    ...{ prompt, placeholder },
    problem: (text) => {
      const all = attachmentsOf(snapshot, draft);
      return typeof all === 'string' ? all : firstProblem(all, field, text, snapshot);
    },
  };
}

/** What any single one is asked by, before its own answers are known. */
const one = (draft: SeveralDraft): AttachDraft => ({ ...emptyDraft, ...pairsOf(draft)[0] });

const firstProblem = (
  all: AttachDraft[],
  field: TextField,
  text: string,
  snapshot: HostSnapshot,
): string | undefined =>
  all
    .map((draft) => questions[field](draft, snapshot).problem(text))
    .find((problem) => problem !== undefined);

function namesProblem(draft: SeveralDraft, text: string): string | undefined {
  const pairs = pairsOf(draft);
  if (text !== '') return textOf(namesOf(text, pairs));
  return pairs
    .map((pair) => interfaceNameProblem(pair.vf.name ?? '', takenIn([pair])))
    .find((problem) => problem !== undefined);
}

const textOf = (found: unknown): string | undefined => (typeof found === 'string' ? found : undefined);

/** `eth1, eth2, eth3`; of many, the first and the last. */
export function listed(all: string[] | string): string | undefined {
  if (typeof all === 'string') return all;
  const there = all.filter((text) => text !== '');
  if (there.length === 0) return undefined;
  return there.length <= 4 ? there.join(', ') : `${there.slice(0, 3).join(', ')} … ${there.at(-1)}`;
}
