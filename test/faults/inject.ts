import { conclude } from '../../src/control/conclude';
import { recoverHost } from '../../src/control/recover';
import { createHostControl } from '../../src/control/createHostControl';
import type { Plan } from '../../src/model/plan';
import { applyPlan } from '../../src/execution/applyPlan';
import { differences } from '../../src/planning/verify';
import type { Fault } from './faults';
import { difference, fingerprint, hasOffer, isAtWork } from './fingerprint';
import { prepare, type Kind } from './kinds';
import type { Injection } from './pick';
import type { Seen } from './see';
import type { World } from './world';

/** The fingerprints of what a host may be after a fault in one kind of plan. */
export interface Known {
  kind: Kind;
  plan: Plan;
  before: { text: string; snapshot: Seen };
  done: string;
  /** Whom the DHCP server has given an address, where there is one. */
  leases: { before: string[]; promise: string[] };
  /** As the campaign begins: where a VF goes whose container died. */
  home: string;
  /** The same without VFs. */
  bare: string;
  /** Right after a boot. */
  booted: string;
  /** The same with the plan made again, where that is possible. */
  repeated: string;
}

/**
 * How an injection ended. `before`: as if nothing had been tried; `promise`: as the plan says; `fault`: as the fault alone
 * leaves a host, which took the VF, the container or all that was in memory; `lost`: anything else.
 */
export type Ending = 'before' | 'promise' | 'fault' | 'lost';

export interface Result extends Injection {
  /** What the client reported. */
  reported: string;
  ending: Ending;
  /** It got there by taking what the journal offered. */
  offered: boolean;
  /** What differs, when something was lost. */
  lost: string[];
  seconds: number;
  /** The host as the next injection finds it. */
  next: Seen;
}

/** Has one plan go wrong, and judges what is left of the host; takes it back to where the plan can be made again. */
export async function inject(world: World, injection: Injection, known: Known, now: Seen): Promise<Result> {
  const { kind, place, fault, offer } = injection;
  const began = Date.now();
  const plan = kind.plan(now);
  const endingOf = (seen: Seen): Ending => judge(injection, { ...known, plan }, seen);
  const settled = (seen: Seen) => !isAtWork(seen) && (hasOffer(seen) || endingOf(seen) !== 'lost');

  const report = await fault.execute(world, plan, place);
  await fault.amend?.(world, place);
  const found = await world.lookUntil(settled);
  const reported = report ? conclude(plan, report, found).status : 'disconnected';
  const offered = hasOffer(found);
  const after = offered ? await take(world, found, offer, settled) : found;

  const ending = endingOf(after);
  const lost = [
    ...(ending === 'lost' ? nearest(injection, known, after) : []),
    ...(hasOffer(after) ? ['something is offered still after what was offered was taken'] : []),
    ...(fault.takes === 'nothing' && contradicts(reported, ending, offered)
      ? [`reported "${reported}", which is wrong`]
      : []),
    ...(fault.takes === 'everything' || (await world.wasStruck())
      ? []
      : ['the plan ended before the fault struck']),
    ...(await wrongLeases(world, injection, known, ending)),
  ];
  const { next, differs } = await goBack(world, injection, known, {
    ending: lost.length > 0 ? 'lost' : ending,
    after,
  });
  lost.push(...differs);
  return {
    ...injection,
    ...{ reported, offered, lost, next },
    ending: lost.length > 0 ? 'lost' : ending,
    seconds: (Date.now() - began) / 1000,
  };
}

/** What the fault alone may leave. */
function alone({ fault }: Injection, { home, bare, booted }: Known): string[] {
  const left: Record<Fault['takes'], string[]> = {
    ...{ nothing: [], container: [home], vfs: [bare], everything: [booted] },
  };
  return left[fault.takes];
}

function judge(injection: Injection, known: Known, now: Seen): Ending {
  if (hasOffer(now)) return 'lost';
  const { kind } = injection;
  const text = fingerprint(now);
  if (text === known.before.text) return 'before';
  if (alone(injection, known).includes(text)) return 'fault';
  const kept = differences(known.plan.promises, now).length === 0 || kind.name === 'restore';
  return kept && fingerprint(now, kind.otherMacs) === promised(injection, known) ? 'promise' : 'lost';
}

/** After a reboot, what was asked for is planned again, on what the boot left. */
const promised = ({ fault }: Injection, { done, repeated }: Known): string =>
  fault.takes === 'everything' ? repeated : done;

/** How the host differs from what it could be, by what it differs least from. */
function nearest(injection: Injection, known: Known, now: Seen): string[] {
  const from = {
    before: known.before.text,
    done: promised(injection, known),
    fault: alone(injection, known)[0],
  };
  const [[name, lines]] = Object.entries(from)
    .flatMap(([what, text]) => {
      const seen = fingerprint(now, what === 'done' && injection.kind.otherMacs);
      return text ? [[what, difference(text, seen)] as const] : [];
    })
    .sort(([, a], [, b]) => a.length - b.length) as [[string, string[]]];
  return [`nearest to "${name}":`, ...lines.slice(0, 16)];
}

/** A container, or a VF, that is gone has given nothing back. */
async function wrongLeases(
  world: World,
  { kind, fault }: Injection,
  { leases }: Known,
  ending: Ending,
): Promise<string[]> {
  if (!kind.leases || fault.takes !== 'nothing' || !(ending === 'before' || ending === 'promise')) return [];
  const [had, has] = [leases[ending].join(), (await world.leasesOut()).join()];
  return had === has ? [] : [`leases that the server has given: ${has || 'none'}, not ${had || 'none'}`];
}

/** Whether what the client reported is wrong. */
const contradicts = (reported: string, ending: Ending, offered: boolean): boolean =>
  !offered &&
  ((reported === 'done' && ending !== 'promise') ||
    (['undone', 'refused'].includes(reported) && ending !== 'before'));

/** As the workbench and `sriov recover` do; what can't be finished is undone then. */
async function take(
  world: World,
  found: Seen,
  how: 'finish' | 'undo',
  settled: (now: Seen) => boolean,
): Promise<Seen> {
  const { host } = world;
  await recoverHost(
    {
      host,
      look: () => world.look(),
      execute: async (plan) => conclude(plan, await applyPlan(host, plan), found),
      confirm: () => Promise.resolve(true),
      change: (request) => createHostControl(host).change(request, { confirm: () => Promise.resolve(true) }),
    },
    found,
    how,
  );
  const after = await world.lookUntil(settled);
  return how === 'finish' && hasOffer(after) ? take(world, after, 'undo', settled) : after;
}

/** To where the plan can be made again: by the product where there is a way, else by building the world again. */
async function goBack(
  world: World,
  { kind, fault }: Injection,
  known: Known,
  { ending, after }: { ending: Ending; after: Seen },
): Promise<{ next: Seen; differs: string[] }> {
  const amiss = whatIsAmiss(known, after);
  // What the fault took may have had a lease, or a namespace that the journal tells of.
  const tookMore = fault.takes !== 'nothing' && (kind.leases || kind.ofJournal);
  if (amiss.length === 0 && !tookMore) return { next: after, differs: [] };
  // What the plan needs may be another one now; the fault alone doesn't do that.
  const differs = ending === 'before' && fault.takes === 'nothing' ? amiss : [];
  const same = (now: Seen) => whatIsAmiss(known, now).length === 0;
  const there =
    ending === 'promise' && fault.takes !== 'everything'
      ? await kind.back(world, after)
      : await prepare(kind, world, await goHome(world, known, after));
  const next = await world.lookUntil(same, there);
  if (same(next)) return { next, differs };
  differs.push('after going back:', ...whatIsAmiss(known, next));
  const repeated = await prepare(kind, world, await world.build());
  return { next: await world.lookUntil(same, repeated), differs };
}

/** Why the plan can't be made, or not on the same host. */
function whatIsAmiss({ kind, before }: Known, now: Seen): string[] {
  const text = fingerprint(now);
  if (text !== before.text) return difference(before.text, text);
  try {
    kind.plan(now);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** To where the campaign begins. */
export async function goHome(
  world: World,
  { home, bare }: Pick<Known, 'home' | 'bare'>,
  now: Seen,
): Promise<Seen> {
  const text = fingerprint(now);
  if (text === home) return now;
  const made = await (text === bare ? world.makeVfs() : world.build());
  return world.lookUntil((later) => fingerprint(later) === home, made);
}
