import { l10n } from 'vscode';
import type { ContainerInterface } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { wholePf, type HostLink, type HostSnapshot } from '../../model/snapshot';
import { rates, ratesNow } from '../../model/vfAttributes/rates';
import { oneLine } from '../hostText';
import { pfId, placeId, vfId } from './ids';
import type { Link, Look } from './messages';
import type { Users } from './users';

/** What a link says, where there is nothing to say of it. */
const silent = { name: '', state: '', vlan: '', rate: '', how: '' };

export function linksOf(snapshot: HostSnapshot, users: Users): Link[] {
  const { pfs } = snapshot;
  return [
    ...pfs.map((pf) => bus(snapshot, pf)),
    ...pfs.flatMap((pf) => held(snapshot, pf, users) ?? []),
    ...pfs.flatMap(({ vfs }) => vfs.flatMap((vf) => ofVf(snapshot, vf, users) ?? [])),
    ...macvlans(snapshot, users),
  ];
}

/** A PCIe link that is slower than it could be is worth a look. */
function bus(snapshot: HostSnapshot, pf: PhysicalFunction): Link {
  const [from, to] = [placeId(snapshot, pf), pfId(snapshot, pf)];
  const short = (speed: string | null) => (speed ?? '').replace(' PCIe', '');
  const { current, max } = pf.linkSpeed;
  const isSlow = current !== null && max !== null && current !== max;
  const name = isSlow ? l10n.t('{0} (of {1})', short(current), short(max)) : short(current);
  return { ...silent, id: `${from}>${to}`, from, to, kind: 'bus', look: isSlow ? 'warning' : 'plain', name };
}

/** An adapter that a container has whole, or that a bridge or bond of the host has. */
function held(snapshot: HostSnapshot, pf: PhysicalFunction, users: Users): Link | undefined {
  const whole = wholePf(pf, snapshot);
  const to = users.of(whole);
  if (to === undefined) return undefined;
  const from = pfId(snapshot, pf);
  const isMaster = pf.holder.kind === 'host';
  return {
    ...silent,
    ...{ id: `${from}>${to}`, from, to, kind: isMaster ? 'master' : 'whole' },
    ...stateOf(whole.up),
    name: oneLine(pf.name ?? ''),
    how: isMaster ? '' : l10n.t('whole adapter'),
  };
}

function ofVf(snapshot: HostSnapshot, vf: VirtualFunction, users: Users): Link | undefined {
  const to = users.of(vf);
  if (to === undefined) return undefined;
  const from = vfId(snapshot, vf);
  const kind = vf.holder.kind === 'vfio' ? 'driver' : vf.holder.kind === 'host' ? 'master' : 'vf';
  const limits = ratesNow(vf);
  return {
    ...silent,
    ...{ id: `${from}>${to}`, from, to, kind },
    ...(kind === 'driver' ? { look: 'vfio' as const } : stateOf(vf.up)),
    name: oneLine(vf.name ?? ''),
    vlan: vf.vlan?.id ? l10n.t('VLAN {0}', vf.vlan.id) : '',
    rate: limits ? (rates.brings?.(limits) ?? '') : '',
  };
}

const stateOf = (up: boolean | null): { look: Look; state: string } =>
  up === null
    ? { look: 'plain', state: '' }
    : up
      ? { look: 'up', state: l10n.t('up') }
      : { look: 'down', state: l10n.t('down') };

/** Ours, which are on record before anybody looks into the container again, and those that an engine or a person made. */
function macvlans(snapshot: HostSnapshot, users: Users): Link[] {
  return snapshot.containers.flatMap((container) => {
    const { id, netnsInode, interfaces } = container;
    const own = snapshot.macvlans.filter(
      (one) => one.container.id === id && one.container.netnsInode === netnsInode,
    );
    const ours = own.map(({ on, mac, inside }) => ({
      on,
      inside,
      device: interfaces.find((one) => one.mac === mac),
    }));
    const others = interfaces
      .filter(({ vf, mac }) => vf === null && !own.some((one) => one.mac === mac))
      .map((device) => ({ on: lowerOf(snapshot, device), inside: device.name, device }));
    return [...ours, ...others].flatMap(({ on, inside, device }) =>
      on === undefined ? [] : macvlan(snapshot, on, users.named(container), device?.name ?? inside, device),
    );
  });
}

function macvlan(
  snapshot: HostSnapshot,
  on: string,
  to: string,
  name: string,
  device: ContainerInterface | undefined,
): Link[] {
  const isPf = snapshot.pfs.some(({ pci }) => pci === on);
  const isVf = snapshot.pfs.some(({ vfs }) => vfs.some(({ pci }) => pci === on));
  if (!isPf && !isVf) return [];
  const from = (isPf ? pfId : vfId)(snapshot, { pci: on });
  return [
    {
      ...silent,
      ...{ id: `${from}>${to}/${name}`, from, to, kind: 'macvlan' },
      ...stateOf(device?.up ?? null),
      name: oneLine(name),
      how: l10n.t('macvlan'),
    },
  ];
}

/** The function that the device of a container stands on, where it stands on one of the host. */
const lowerOf = ({ links }: HostSnapshot, { standsOn }: ContainerInterface): string | undefined =>
  bottomOf(
    links,
    links.find(({ index }) => index === standsOn),
  ) ?? undefined;

/** Through VLANs and the like, down to a function. No device stands on itself, whatever the host says. */
function bottomOf(links: readonly HostLink[], top: HostLink | undefined): string | null {
  let at = top;
  for (let steps = 0; at && at.pci === null && steps < links.length; steps += 1) {
    const { lower } = at;
    at = lower === null ? undefined : links.find(({ name }) => name === lower);
  }
  return at?.pci ?? null;
}
