import { l10n } from 'vscode';
import type { Container } from '../../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../../model/functions';
import { isRefusal, refuse, type NamespaceWay, type Refusal } from '../../../model/plan';
import { wholePf, type HostSnapshot } from '../../../model/snapshot';
import { wayInto, wayTo } from '../../../planning/namespaceOf';
import type { Subject } from '../../tree/row';
import { holderName } from '../../tree/vfRow';
import { holderOf, isAway, vfTitle } from '../../tree/vfState';
import { containersIn, pfsIn, vfsIn, type Target } from '../target';

/** Where a person can go: a container, a named network namespace, or the one that holds a function. */
export interface Place {
  name: string;
  way: NamespaceWay | undefined;
  container?: Container;
  /** Name inside of the interface that was meant. */
  device?: string | undefined;
}

export const placeOf = (container: Container): Place => ({
  name: container.name,
  way: wayInto(container),
  container,
});

/** Where a command was called on: on a container, or on what one holds. */
export function placesIn(target: Target, snapshot: HostSnapshot): Place[] | Refusal {
  const [containers, vfs, pfs] = [
    containersIn(target, snapshot),
    vfsIn(target, snapshot),
    pfsIn(target, snapshot),
  ];
  for (const found of [containers, vfs, pfs]) if (isRefusal(found)) return found;
  const wholes = (pfs as PhysicalFunction[]).map((pf) => wholePf(pf, snapshot));
  const held = [...(vfs as VirtualFunction[]), ...wholes];
  const away = held.flatMap((one) => placeHolding(snapshot, one) ?? []);
  const [onHost] = held;
  if (onHost && away.length === 0)
    return refuse('nothing-to-do', l10n.t('{0} is not in a container.', vfTitle(snapshot, onHost)));
  const others = target.subjects.flatMap((subject) => placeOfRow(snapshot, subject) ?? []);
  return [...(containers as Container[]).map(placeOf), ...away, ...others];
}

function placeHolding(snapshot: HostSnapshot, one: VirtualFunction): Place | undefined {
  if (!isAway(one)) return undefined;
  const { netnsInode } = one.holder;
  const container = holderOf(snapshot, one);
  const place = container
    ? placeOf(container)
    : {
        name: holderName(snapshot, one),
        way: netnsInode === null ? undefined : wayTo(snapshot, one, netnsInode),
      };
  return { ...place, device: one.name ?? undefined };
}

/** A whole adapter or a macvlan under its container. */
function placeOfRow(snapshot: HostSnapshot, subject: Subject): Place | undefined {
  if (subject.kind === 'attachment') {
    const pf = snapshot.pfs.find(({ pci }) => pci === subject.vf);
    return pf && placeHolding(snapshot, wholePf(pf, snapshot));
  }
  if (subject.kind !== 'macvlan') return undefined;
  const container = snapshot.containers.find(({ id }) => id === subject.container);
  if (!container) return undefined;
  const macs = snapshot.macvlans.flatMap((one) => (one.on === subject.on ? [one.mac] : []));
  const device = container.interfaces.find(({ mac }) => mac !== null && macs.includes(mac));
  return { ...placeOf(container), device: device?.name };
}
