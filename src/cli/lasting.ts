import { keepingEngines, type Kept } from '../model/lasting/kept';
import type { Made } from '../model/lasting/made';
import type { TriggerFacts } from '../model/lasting/triggerFacts';
import { triggers } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';
import { problemOf, stateOf } from '../planning/kept/stateOf';
import { unableTo } from '../planning/kept/unableTo';
import { problemOfMade, stateOfMade } from '../planning/made/stateOfMade';
import { change, elevate } from './change';
import type { Context } from './context';
import { exit } from './exitCodes';
import { attachOrKeep, detachRequest } from './requests';
import { keptDetails, keptText, checkText } from './shown/lastingText';
import { madeDetails } from './shown/madeText';
import { UsageError } from './usage';

/** What lasts: lists it, or what is asked for one. */
export async function lastingCommand(context: Context): Promise<number> {
  const { positionals, values } = context;
  const [act = 'list', id] = positionals;
  if (act !== 'remove' && (values.all || values.detach))
    throw new UsageError('--all and --detach go with "sriov lasting remove".');
  if (act === 'list' || (act === 'check' && id === undefined))
    return act === 'list' ? list(context) : check(context);
  if (act === 'show' && id !== undefined) return show(context, id);
  if (act === 'remove' && (id !== undefined) !== (values.all === true)) return remove(context, id);
  throw new UsageError(
    '"sriov lasting" takes no arguments, "show ID", "remove ID", "remove --all" or "check".',
  );
}

/** Attaches; triggers other than the watcher depend on what the host's engines support. */
export async function attachCommand(context: Context): Promise<number> {
  const { positionals, values, control, signal } = context;
  const request = attachOrKeep(positionals, values);
  if (request.kind !== 'keep' || request.via === undefined || request.via === 'watcher')
    return change(context, () => request);
  const obstacle = await elevate(context);
  if (obstacle !== undefined) return obstacle;
  const able = await control.triggers(signal);
  return change(context, () => ({ ...request, able }));
}

async function list({ control, print, signal }: Context): Promise<number> {
  const snapshot = await control.refresh(signal);
  print.answer(documents(snapshot), (view) => keptText(snapshot, view));
  return exit.done;
}

async function show({ control, print, signal }: Context, id: string): Promise<number> {
  const snapshot = await control.refresh(signal);
  const kept = snapshot.kept.find(({ intent }) => intent.id === id);
  const made = snapshot.made.find(({ intent }) => intent.id === id);
  if (kept) print.answer(documentOf(snapshot, kept), (view) => keptDetails(snapshot, kept, view));
  else if (made) print.answer(madeDocument(snapshot, made), (view) => madeDetails(snapshot, made, view));
  else {
    print.failure('refused', `Nothing that lasts has the id "${id}".`);
    return exit.refused;
  }
  return exit.done;
}

/** Whether each of what lasts would work now, and which triggers could keep a VF here. */
async function check({ control, print, signal }: Context): Promise<number> {
  const snapshot = await control.refresh(signal);
  const able = await control.triggers(signal);
  const lasting = [
    ...snapshot.kept.map((kept) => ({
      id: kept.intent.id,
      problem: problemOf(snapshot, kept) ?? takenBy(snapshot, kept) ?? cantBe(kept, able) ?? null,
    })),
    ...snapshot.made.map((made) => ({
      id: made.intent.id,
      problem: problemOfMade(snapshot, made) ?? null,
    })),
  ];
  const ways = triggers.flatMap((via) =>
    keepingEngines.map((engine) => ({ via, engine, problem: unableTo(via, engine, able) ?? null })),
  );
  print.answer({ lasting, ways }, () => checkText(lasting, ways));
  return lasting.some(({ problem }) => problem !== null) ? exit.mismatch : exit.done;
}

const cantBe = ({ intent }: Kept, able: TriggerFacts): string | undefined =>
  unableTo(intent.trigger, intent.engine, able);

const takenBy = (snapshot: HostSnapshot, kept: Kept): string | undefined => {
  const { state, why } = stateOf(snapshot, kept);
  return state === 'taken' ? why : undefined;
};

/** Detaching is a change of its own, once whatever would attach it again is gone. */
async function remove(context: Context, id: string | undefined): Promise<number> {
  const { control, values, signal } = context;
  const attached = values.detach ? attachedNow(await control.refresh(signal), id) : [];
  const code = await change(context, () => ({
    kind: 'stop-keeping',
    ids: id === undefined ? undefined : [id],
    ...(attached.length > 0 ? { thenDetach: true } : {}),
  }));
  if (code !== exit.done) return code;
  for (const vf of attached) {
    const detached = await change(context, (_, given) => detachRequest([vf], given));
    if (detached !== exit.done) return detached;
  }
  return exit.done;
}

const attachedNow = (snapshot: HostSnapshot, id: string | undefined): string[] =>
  snapshot.kept
    .filter((kept) => id === undefined || kept.intent.id === id)
    .filter((kept) => stateOf(snapshot, kept).state === 'attached')
    .map(({ intent }) => intent.vf);

const documents = (snapshot: HostSnapshot) => [
  ...snapshot.kept.map((kept) => documentOf(snapshot, kept)),
  ...snapshot.made.map((made) => madeDocument(snapshot, made)),
];

/** What `--json` prints of one. */
const documentOf = (snapshot: HostSnapshot, kept: Kept) => ({
  ...{ kind: 'attachment', ...kept.intent },
  ...stateOf(snapshot, kept),
  lastRun: kept.result,
  watched: kept.watched,
});

const madeDocument = (snapshot: HostSnapshot, made: Made) => ({
  ...{ kind: 'vfs', ...made.intent },
  ...stateOfMade(snapshot, made),
  ...{ lastRun: made.result, enabled: made.enabled },
});
