import type { Step } from '../../src/model/plan';
import { differences } from '../../src/planning/verify';
import { random } from '../lab/random';
import { difference, fingerprint } from './fingerprint';
import { goHome, inject, type Known, type Result } from './inject';
import { kinds as allKinds, prepare, type Kind } from './kinds';
import { pick, type Injection } from './pick';
import type { Seen } from './see';
import type { World } from './world';

export interface Options {
  seed: number;
  /** How many injections, shared out among the kinds of plans. */
  sample: number;
  /** All that there are unless said otherwise. */
  kinds?: Kind[];
  /** How many of each kind's injections are resets; a boot each. The machine must have just booted. */
  resets?: number;
  /** Only those whose name has this text in it. */
  only?: string;
  /** No injection begins after so many seconds, or once it is aborted. */
  seconds?: number;
  signal?: AbortSignal;
  onResult?: (result: Result, number: number) => void;
  /** The kind's plan doesn't do what it promises with nothing going wrong. */
  onBroken?: (kind: Kind, error: unknown) => void;
  onKind?: (kind: Kind, steps: Step[], seconds: number) => void;
}

/** How often each kind of plan has its turn, unless that would be for less injections than getting there is worth. */
const rounds = 6;
const worthIt = 4;

/** Plan kinds × their steps × faults, as the seed has it: every step and every fault of each kind, as far as the sample goes. */
export async function campaign(world: World, options: Options): Promise<Result[]> {
  const { seed, sample, kinds = allKinds, resets = 0, only = '', seconds = Infinity } = options;
  const { onResult, onKind, onBroken, signal } = options;
  const next = random(seed);
  const end = Date.now() + seconds * 1000;
  const afterBoot =
    resets > 0 ? await bootStates(world, kinds) : { booted: '', repeated: new Map<Kind, string>() };
  await world.build();
  const bare = fingerprint(await world.bare());
  const home = fingerprint(await world.makeVfs());
  const results: Result[] = [];
  let now = await world.look();
  const wanted = (injection: Injection) => named(injection).includes(only);
  /** Resolves with false when the time is over. */
  const injectAll = async (known: Known, injections: Injection[]): Promise<boolean> => {
    for (const injection of injections.filter(wanted)) {
      if (Date.now() > end || signal?.aborted) return false;
      const result: Result = await inject(world, injection, known, now);
      now = result.next;
      results.push(result);
      onResult?.(result, results.length);
    }
    return true;
  };

  const whole = kinds.reduce((sum, { share }) => sum + share, 0);
  const all: { known: Known; turns: Injection[][] }[] = [];
  for (const kind of kinds) {
    const began = Date.now();
    now = await goHome(world, { bare, home }, now);
    try {
      const { booted, repeated } = afterBoot;
      const states = { booted, bare, home, repeated: repeated.get(kind) ?? '' };
      const known = await knownOf(world, kind, states, now);
      now = known.before.snapshot;
      const count = Math.round((sample * kind.share) / whole);
      const { injections, boots } = pick(kind, known.plan.steps, { count, resets }, next);
      const size = Math.max(worthIt, Math.ceil(injections.length / rounds));
      const turns = Array.from({ length: rounds }, (_, i) => injections.slice(i * size, (i + 1) * size));
      all.push({ known, turns: [turns[0]!, boots, ...turns.slice(1)] });
      onKind?.(kind, known.plan.steps, (Date.now() - began) / 1000);
      if (!(await injectAll(known, turns[0]!))) return results;
    } catch (error) {
      onBroken?.(kind, error);
      now = await world.build();
    }
  }
  // By turns, so that a campaign that is ended before its time has met all kinds.
  for (let turn = 1; turn <= rounds; turn += 1)
    for (const { known, turns } of all) {
      const injections = turns[turn]!.filter(wanted);
      if (injections.length === 0) continue;
      now = await prepare(known.kind, world, await goHome(world, known, now));
      if (!(await injectAll(known, injections))) return results;
    }
  return results;
}

/** What a boot leaves; and that with what was asked for before made on it, for each kind of plan that still can be. */
async function bootStates(
  world: World,
  kinds: Kind[],
): Promise<{ booted: string; repeated: Map<Kind, string> }> {
  const start = await world.look();
  const repeated = new Map<Kind, string>();
  for (const kind of kinds.filter(({ outlivesBoot }) => outlivesBoot)) {
    const made = await world.execute(kind.plan(start));
    const linked = await world.lookUntil(({ pfs }) => pfs.every(({ up, carrier }) => !up || carrier), made);
    repeated.set(kind, fingerprint(linked, kind.otherMacs));
    await world.bare();
  }
  return { booted: fingerprint(start), repeated };
}

/** What a kind of plan does when nothing goes wrong, done once; throws when that isn't what it promises. */
async function knownOf(
  world: World,
  kind: Kind,
  states: Pick<Known, 'booted' | 'bare' | 'home' | 'repeated'>,
  start: Seen,
): Promise<Known> {
  expectSame('The host before anything', states.home, fingerprint(start));
  const origin = await kind.setUp(world, start);
  const snapshot = kind.make ? await kind.make(world, origin) : origin;
  const before = fingerprint(snapshot);
  const plan = kind.plan(snapshot);
  const leases = async () => (kind.leases ? await world.leasesOut() : []);
  const leasedBefore = await leases();
  const after = await endOf(kind, origin, world, await world.execute(plan));
  const leased = { before: leasedBefore, promise: await leases() };
  const broken = differences(plan.promises, after);
  if (broken.length > 0) throw new Error(`${kind.name}: ${broken.join(' ')}`);
  const back = await world.lookUntil((now) => fingerprint(now) === before, await kind.back(world, after));
  expectSame(`${kind.name}: there and back`, before, fingerprint(back));
  return {
    ...states,
    kind,
    plan,
    before: { text: before, snapshot: back },
    done: fingerprint(after, kind.otherMacs),
    leases: leased,
  };
}

/** Throws when a plan that takes something back doesn't end where that began. */
async function endOf({ name, make }: Kind, origin: Seen, world: World, seen: Seen): Promise<Seen> {
  if (!make) return seen;
  const before = fingerprint(origin);
  const after = await world.lookUntil((now) => fingerprint(now) === before, seen);
  expectSame(`What ${name} ends with, and what there was before,`, before, fingerprint(after));
  return after;
}

function expectSame(what: string, before: string, after: string): void {
  if (before !== after) throw new Error(`${what} is not the same:\n${difference(before, after).join('\n')}`);
}

export const named = ({ fault, kind, place, title }: Injection): string =>
  `${fault.name} ${place.when} the work of step ${place.step + 1} of ${kind.name} (${title})${place.container ? `, ${place.container}` : ''}`;
