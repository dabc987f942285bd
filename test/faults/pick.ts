import type { Step } from '../../src/model/plan';
import { shuffled } from '../lab/random';
import { faults, type Fault, type Place } from './faults';
import type { Kind } from './kinds';

export interface Injection {
  kind: Kind;
  title: string;
  fault: Fault;
  place: Place;
  /** What is taken when there is something to take. */
  offer: 'finish' | 'undo';
}

/** So many injections into a plan, and so many resets apart from them, that every step and every fault is met as often as any other. */
export function pick(
  kind: Kind,
  steps: Step[],
  { count, resets }: { count: number; resets: number },
  next: () => number,
): { injections: Injection[]; boots: Injection[] } {
  const all = steps.flatMap(({ title }, step) =>
    faults
      .filter((fault) => fault.strikes(kind))
      .flatMap((fault) =>
        (['before', 'after'] as const).map((when): Injection => {
          const container = (fault.dies && kind[fault.dies]) ?? '';
          const offer = next() < 0.5 ? 'finish' : 'undo';
          return { kind, title, fault, place: { step, when, container }, offer };
        }),
      ),
  );
  const [rest, boots] = [all, all].map((each, i) =>
    shuffled(
      each.filter(({ fault }) => (fault.takes === 'everything') === (i === 1)),
      next,
    ),
  ) as [Injection[], Injection[]];
  return { injections: evenly(rest, count - resets), boots: boots.slice(0, resets) };
}

/** Always the one whose step and whose fault were met least until then. */
function evenly(all: Injection[], count: number): Injection[] {
  const left = [...all];
  const met = new Map<unknown, number>();
  const often = (what: unknown) => met.get(what) ?? 0;
  const chosen: Injection[] = [];
  while (chosen.length < count && left.length > 0) {
    const costs = left.map(({ fault, place }) => often(place.step) + often(fault));
    const [one] = left.splice(costs.indexOf(Math.min(...costs)), 1) as [Injection];
    met.set(one.place.step, often(one.place.step) + 1);
    met.set(one.fault, often(one.fault) + (one.fault.rare ?? 1));
    chosen.push(one);
  }
  return chosen;
}
