import * as v from 'valibot';
import type { Memento } from 'vscode';
import type { Container } from '../../../model/container';
import type { VirtualFunction } from '../../../model/functions';
import { pfOf, type HostSnapshot } from '../../../model/snapshot';
import { Kept } from '../../kept';
import { answerKeys, answersIn, type Answers } from '../answers';
import type { AttachDraft } from '../attachDraft';

/** What was answered the last time that a container was given a VF. */
export interface LastAnswers {
  answers: Answers;
  /** PCI addresses of the VF, and of its PF. */
  vf: string;
  pf: string;
}

/** What was answered the last time, per host and container: by its name, which outlives the container. */
export interface Remembered {
  of(host: string, container: Container): LastAnswers | undefined;
  keep(host: string, container: Container, answers: LastAnswers): Promise<void>;
  /** Of several attachments at once: the name is a pattern, and the addresses are pools. */
  ofSeveral(host: string, container: Container): Answers | undefined;
  keepSeveral(host: string, container: Container, answers: Answers): Promise<void>;
}

const key = 'sriov.attach.lastAnswers';
const keyOfSeveral = 'sriov.attach.lastAnswersOfSeveral';
const most = 200;

const answersGiven = v.object(
  Object.fromEntries(answerKeys.map((one) => [one, v.string()])) as Record<
    keyof Answers,
    v.StringSchema<undefined>
  >,
);
const lastAnswers = v.object({ answers: answersGiven, vf: v.string(), pf: v.string() });

/** In the extension's own storage: of the containers that were attached to last. */
export class KeptAnswers implements Remembered {
  private readonly kept: Kept<LastAnswers>;
  private readonly keptOfSeveral: Kept<Answers>;

  constructor(state: Memento) {
    this.kept = new Kept(state, key, lastAnswers, most);
    this.keptOfSeveral = new Kept(state, keyOfSeveral, answersGiven, most);
  }

  of = (host: string, container: Container) => this.kept.of(idOf(host, container));
  keep = (host: string, container: Container, answers: LastAnswers) =>
    this.kept.keep(idOf(host, container), answers);
  ofSeveral = (host: string, container: Container) => this.keptOfSeveral.of(idOf(host, container));
  keepSeveral = (host: string, container: Container, answers: Answers) =>
    this.keptOfSeveral.keep(idOf(host, container), answers);
}

const idOf = (host: string, { engine, rootlessOf = '', name }: Container): string =>
  JSON.stringify([host, engine, rootlessOf, name]);

/** What is to be remembered of an attachment; undefined of one that is no plain VF's. */
export function lastAnswersOf(
  snapshot: HostSnapshot,
  draft: AttachDraft & { vf: VirtualFunction },
): LastAnswers | undefined {
  const pf = pfOf(snapshot, draft.vf);
  if (draft.form !== 'vf' || draft.moves || !pf) return undefined;
  const answers = answersIn(draft);
  // The VF's own name is another one for another VF.
  const name = draft.name === draft.vf.name ? '' : draft.name;
  return { answers: { ...answers, name }, vf: draft.vf.pci, pf: pf.pci };
}
