import { isRunning, type Container } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import type { HostSnapshot } from '../../model/snapshot';
import { holderName } from '../tree/vfRow';
import { isAway, isInUse } from '../tree/vfState';
import type { Arrangement } from './arrangement';

type Compare<T> = (one: T, other: T) => number;

/** `app-2` before `app-10`. */
export const inOrder = new Intl.Collator(undefined, { numeric: true });

const byName: Compare<Container> = (one, other) => inOrder.compare(one.name, other.name);

/** The default order of containers. */
export const runningFirst: Compare<Container> = (one, other) =>
  Number(isRunning(other)) - Number(isRunning(one)) || byName(one, other);

const functionsIn = ({ interfaces }: Container): number => interfaces.filter(({ vf }) => vf !== null).length;

const containerOrders: Record<Arrangement['containers'], Compare<Container>> = {
  running: runningFirst,
  name: byName,
  vfs: (one, other) => functionsIn(other) - functionsIn(one) || runningFirst(one, other),
};

export const inContainerOrder = (all: readonly Container[], order: Arrangement['containers']): Container[] =>
  [...all].sort(containerOrders[order]);

/** The VFs of one adapter, which come ordered by number. */
export function inVfOrder(
  snapshot: HostSnapshot,
  vfs: readonly VirtualFunction[],
  order: Arrangement['vfs'],
): readonly VirtualFunction[] {
  const key: ((vf: VirtualFunction) => string) | undefined = {
    number: undefined,
    free: (vf: VirtualFunction) => (isInUse(vf) ? '1' : '0'),
    used: (vf: VirtualFunction) => (isInUse(vf) ? '0' : '1'),
    holder: (vf: VirtualFunction) => (isAway(vf) ? `0${holderName(snapshot, vf)}` : '1'),
  }[order];
  if (!key) return vfs;
  const keyed = vfs.map((vf) => ({ vf, key: key(vf) }));
  return keyed.sort((one, other) => inOrder.compare(one.key, other.key)).map(({ vf }) => vf);
}
