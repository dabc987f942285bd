import type { Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { MacvlanRecord } from '../../model/macvlan';
import { isRefusal, refuse, type Plan, type Refusal, type Step } from '../../model/plan';
import type { AttachRequest } from '../../model/request';
import { wholePf, type HostSnapshot } from '../../model/snapshot';
import {
  addressesProblem,
  interfaceNameProblem,
  macProblem,
  mtuProblem,
  normalMac,
} from '../../model/values';
import { addressDoubts } from '../addressDoubts';
import { namesIn } from '../altnames';
import { badDhcp, dhcpClientFor, startDhcp, stopDhcp } from '../byDhcp';
import { macFrom } from './macFrom';
import { namespaceOf } from '../namespaceOf';
import { called, resolveContainer, resolveVf, vfLabel } from '../resolve';
import { badRoutes, routesInside } from '../attachments/routesInside';
import * as steps from '../steps';
import { takenAddressProblem, takenMacProblem } from '../taken';
import { rootlessNotes, unfitContainer } from '../attachments/unfitContainer';

/** Plans a macvlan on a PF or VF of the host, created directly in the container's namespace. Detaching removes it. */
export function planMacvlan(snapshot: HostSnapshot, request: AttachRequest): Plan | Refusal {
  const found = lowerOf(snapshot, request.vf);
  if (isRefusal(found)) return found;
  const { pf, lower } = found;
  const container = resolveContainer(snapshot, request.container, request.engine);
  if (isRefusal(container)) return container;
  const label = vfLabel(pf, lower);
  const mode = request.macvlanMode ?? 'bridge';
  const name = request.name ?? 'eth1';
  const refusal =
    unfitLower(snapshot, pf, lower, mode) ??
    unfitContainer(snapshot, container) ??
    badValues(snapshot, container, lower, name, request) ??
    badDhcp(snapshot, container, request);
  if (refusal) return refusal;
  const namespace = namespaceOf(container);
  if (!namespace || !lower.name || !pf.name)
    return refuse(
      'unknown-state',
      `The network namespace of ${container.name} could not be read; that requires root.`,
    );

  // A passthru macvlan has its device's MAC; setting another one would set it on the device.
  const mac =
    mode === 'passthru'
      ? (lower.mac ?? '')
      : request.mac
        ? normalMac(request.mac)
        : macFrom(lower.pci, container.id, name);
  const onOurBehalf = snapshot.macvlans
    .filter(({ on }) => on === lower.pci)
    .flatMap(({ broughtUp }) => broughtUp);
  const raised = [...new Set([pf, lower].flatMap((one) => (one.up === false && one.name ? [one.name] : [])))];
  const { id, engine } = container;
  const record: MacvlanRecord = {
    ...{
      version: 1,
      kind: 'macvlan',
      key: `${lower.pci}.macvlan-${mac.replaceAll(':', '')}`,
      on: lower.pci,
      mode,
    },
    container: { id, name: container.name, engine, netnsInode: namespace.inode },
    ...{ inside: name, mac, recordedAt: snapshot.takenAt, bootId: snapshot.host.bootId },
    ...(request.dhcp ? { dhcp: dhcpClientFor(snapshot, container) } : {}),
    broughtUp: [...new Set([...raised, ...onOurBehalf])],
  };
  const addresses = request.addresses ?? [];
  return {
    kind: 'attach',
    title: `Attach a macvlan on ${label} to ${container.name} as ${name}`,
    host: snapshot.host.id,
    notes: [...notesOf(pf, lower, mode), ...rootlessNotes(container, name)],
    ...(dropsOtherMacs(pf, lower, mode)
      ? { advice: [{ do: 'let-macs-through', vf: lower.pci, label: `${pf.name}:${lower.index}` }] }
      : {}),
    doubts: addressDoubts(snapshot, { container, addresses, vlan: lower.vlan?.id ?? null }),
    losses: [],
    verb: 'Attach',
    locks: locksOfMacvlan(pf, lower),
    namespace,
    preconditions: [
      {
        otherwise: `${label} is no longer ${lower.name} on the host.`,
        check: ['is_named', lower.pci, lower.name],
      },
      { otherwise: `${container.name} now has an interface ${name}.`, check: ['absent_inside', name] },
    ],
    steps: [
      steps.saveMacvlan(record),
      ...raised.map((device) => steps.bringUp(device, 'a macvlan has no link while its device is down')),
      steps.addMacvlan(record, lower.name),
      ...(request.mtu && lower.mtu ? [steps.setMtuInside(name, lower.mtu, request.mtu)] : []),
      ...(addresses.some((address) => address.includes(':')) ? [steps.enableIPv6(name)] : []),
      ...addresses.map((address) => steps.addAddressInside(name, address)),
      ...(addresses.length > 0 ? [steps.announce(name)] : []),
      steps.bringUpInside(name),
      ...routesInside(container, name, request).steps,
      ...(record.dhcp ? [startDhcp(record.key, name, namespace, record.dhcp)] : []),
    ],
    promises: [{ kind: 'macvlan', key: record.key, there: true, addresses }],
  };
}

/** Plans removing a macvlan that we created, with everything that depends on it. */
export function planRemoveMacvlan(snapshot: HostSnapshot, record: MacvlanRecord): Plan | Refusal {
  const { pf, lower } = standsOn(snapshot, record);
  const container = snapshot.containers.find(
    ({ id, netnsInode }) => id === record.container.id && netnsInode === record.container.netnsInode,
  );
  const namespace = container && namespaceOf(container);
  const device = container?.interfaces.find(({ mac }) => mac === record.mac);
  if (!pf || !lower?.name || !container || !namespace || !device)
    return refuse('unknown-state', `The macvlan of ${record.container.name} was not found; refresh as root.`);
  const { name } = device;
  return {
    kind: 'detach',
    title: `Remove the macvlan ${name} on ${vfLabel(pf, lower)} from ${container.name}`,
    host: snapshot.host.id,
    notes: [],
    losses: [],
    verb: 'Detach',
    locks: locksOfMacvlan(pf, lower),
    namespace,
    preconditions: [
      {
        otherwise: `${container.name} no longer has an interface ${name}.`,
        check: ['in_ns', 'ip', 'link', 'show', 'dev', name],
      },
    ],
    steps: [
      ...stopDhcp(record, name, namespace),
      ...container.routes
        .filter((route) => route.device === name)
        .sort((a, b) => Number(b.gateway !== null) - Number(a.gateway !== null))
        .map(steps.dropRouteInside),
      ...device.addresses.map((address) => steps.dropAddressInside(name, address)),
      // Its undo enables IPv6 on the recreated macvlan, before that gets the address.
      ...(device.addresses.some((address) => address.includes(':')) ? [steps.disableIPv6(name)] : []),
      ...(device.up ? [steps.takeDownInside(name)] : []),
      ...(device.mtu && lower.mtu && device.mtu !== lower.mtu
        ? [steps.setMtuInside(name, device.mtu, lower.mtu)]
        : []),
      steps.dropMacvlan({ ...record, inside: name }, lower.name),
      ...lowered(snapshot, pf, lower, record),
      steps.dropMacvlanRecord(record),
    ],
    promises: [{ kind: 'macvlan', key: record.key, there: false, addresses: [] }],
  };
}

/** Plans bringing down the devices that were up for a macvlan that ended with its container. */
export function planEndMacvlan(snapshot: HostSnapshot, record: MacvlanRecord): Plan | Refusal {
  const { pf, lower } = standsOn(snapshot, record);
  const { name } = record.container;
  if (!pf || !lower)
    return refuse(
      'stale',
      `The device below the macvlan of ${name} is gone, so there is nothing to restore.`,
    );
  return {
    kind: 'restore',
    title: `Clean up after the macvlan of ${name} on ${vfLabel(pf, lower)}`,
    host: snapshot.host.id,
    notes: [],
    losses: [],
    verb: 'Restore',
    locks: locksOfMacvlan(pf, lower),
    namespace: null,
    preconditions: [],
    steps: [
      ...stopDhcp(record, record.inside, null),
      ...lowered(snapshot, pf, lower, record),
      steps.dropMacvlanRecord(record),
    ],
    promises: [{ kind: 'macvlan', key: record.key, there: false, addresses: [] }],
  };
}

/** The function below a macvlan, and its PF. */
function standsOn(
  snapshot: HostSnapshot,
  { on }: MacvlanRecord,
): { pf?: PhysicalFunction; lower?: VirtualFunction } {
  const pf = snapshot.pfs.find(({ pci, vfs }) => pci === on || vfs.some((vf) => vf.pci === on));
  return { pf, lower: pf?.pci === on ? wholePf(pf, snapshot) : pf?.vfs.find(({ pci }) => pci === on) };
}

const locksOfMacvlan = (pf: PhysicalFunction, lower: VirtualFunction): Plan['locks'] => [
  { pci: pf.pci, mode: 'shared' },
  { pci: lower.pci === pf.pci ? `${pf.pci}.macvlan` : lower.pci, mode: 'exclusive' },
];

/** What was brought up for a macvlan goes down again, the VF before its PF, unless it is in use. */
function lowered(
  { macvlans, links }: HostSnapshot,
  pf: PhysicalFunction,
  lower: VirtualFunction,
  record: MacvlanRecord,
): Step[] {
  const others = macvlans.some(({ on, key }) => on === record.on && key !== record.key);
  const idle =
    lower.addresses.length === 0 &&
    lower.holder.kind === 'host' &&
    lower.master === null &&
    pf.protectedBecause.length === 0 &&
    !others;
  const vfsAreUsed = pf.vfs.some((vf) => vf.pci !== lower.pci && (vf.up || vf.holder.kind !== 'host'));
  return record.broughtUp
    .filter((name) => idle && (name !== pf.name || !vfsAreUsed))
    .filter((name) => links.find((link) => link.name === name)?.up !== false)
    .reverse()
    .map(steps.takeDown);
}

/** The function of the host to put a macvlan on, by any of its names. */
function lowerOf(
  snapshot: HostSnapshot,
  given: string,
): { pf: PhysicalFunction; lower: VirtualFunction } | Refusal {
  const pf = snapshot.pfs.find(called(snapshot, given));
  if (pf) return { pf, lower: wholePf(pf, snapshot) };
  const found = resolveVf(snapshot, given);
  return isRefusal(found) ? found : { pf: found.pf, lower: found.vf };
}

function unfitLower(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  lower: VirtualFunction,
  mode: MacvlanRecord['mode'],
): Refusal | undefined {
  const { pci, name, holder, master } = lower;
  const label = vfLabel(pf, lower);
  if (pf.linkType !== undefined)
    return refuse('limit', `${label} is not Ethernet (${pf.linkType}), so it can't have a macvlan.`);
  if (holder.kind === 'container' || holder.kind === 'netns')
    return refuse('in-use', `${label} is in ${holder.name ?? 'a network namespace'}; detach it first.`);
  if (holder.kind !== 'host' || name === null)
    return refuse(
      'no-netdev',
      `${label} has no network device on the host for a macvlan; bind its network driver first.`,
    );
  if (master)
    return refuse('in-use', `${name} is a port of ${master} on the host; remove it from there first.`);
  const others = snapshot.macvlans.filter(({ on }) => on === pci);
  const alone =
    others.find((other) => other.mode === 'passthru') ?? (mode === 'passthru' ? others[0] : undefined);
  return alone
    ? refuse(
        'in-use',
        `${label} has a macvlan for ${alone.container.name}; in passthru mode there can be only one.`,
      )
    : undefined;
}

function badValues(
  snapshot: HostSnapshot,
  container: Container,
  lower: VirtualFunction,
  name: string,
  request: AttachRequest,
): Refusal | undefined {
  if (namesIn(container).includes(name))
    return refuse('name-taken', `Container ${container.name} already has an interface ${name}.`, {
      do: 'choose-name',
    });
  const { addresses = [], mac, mtu, vlan, trust, macvlanMode } = request;
  const problem =
    interfaceNameProblem(name) ??
    addressesProblem(addresses) ??
    takenAddressProblem(container, addresses) ??
    (mac === undefined ? undefined : (macProblem(mac) ?? takenMacProblem(snapshot, mac))) ??
    (mtu === undefined ? undefined : mtuProblem(`${mtu}`, lower.mtu ?? undefined)) ??
    (vlan ? 'A macvlan is in the VLAN of its lower device; set the VLAN there.' : undefined) ??
    (trust === undefined ? undefined : 'Trust can be set for a VF, not for a macvlan.') ??
    (mac !== undefined && macvlanMode === 'passthru'
      ? 'A macvlan in passthru mode has the MAC of its lower device.'
      : undefined);
  return problem === undefined ? badRoutes(container, request) : refuse('invalid', problem);
}

const dropsOtherMacs = (pf: PhysicalFunction, lower: VirtualFunction, mode: MacvlanRecord['mode']): boolean =>
  lower.pci !== pf.pci && mode !== 'passthru' && (lower.spoofchk !== false || lower.trust === false);

function notesOf(pf: PhysicalFunction, lower: VirtualFunction, mode: MacvlanRecord['mode']): string[] {
  return [
    ...(mode === 'vepa'
      ? ['vepa sends all traffic to the external switch, which must send it back (hairpin mode).']
      : []),
    ...(dropsOtherMacs(pf, lower, mode)
      ? ['Most adapters drop frames of a VF that have a source MAC other than its own.']
      : []),
  ];
}
