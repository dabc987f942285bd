import type { AttachmentRecord } from '../model/attachment';
import type { Container, Route } from '../model/container';
import type { PhysicalFunction, VirtualFunction, Vlan } from '../model/functions';
import { isRefusal, refuse, type Plan, type Refusal, type Step } from '../model/plan';
import type { AttachRequest } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';
import {
  addressesProblem,
  interfaceNameProblem,
  macProblem,
  mtuProblem,
  normalMac,
  vlanProblem,
} from '../model/values';
import { badDhcp, dhcpClientFor, startDhcp } from './byDhcp';
import { locksOf } from './locksOf';
import { namespaceOf } from './namespaceOf';
import { planMacvlan } from './planMacvlan';
import { protection } from './protection';
import { rootlessNotes, unfitContainer } from './unfitContainer';
import { unusedPf } from './unusedPf';
import { pfIsAway, resolveContainer, resolveVf, vfLabel } from './resolve';
import { badRoutes, routesInside } from './routesInside';
import * as steps from './steps';
import { takenAddressProblem, takenMacProblem } from './taken';
import { setOnPf } from './vfSettings';

/** Plans giving a VF to a running container, or a named namespace, with undo for every step. */
export function planAttach(
  snapshot: HostSnapshot,
  request: AttachRequest & { forceInterface?: string },
): Plan | Refusal {
  if (request.mode === 'macvlan') return planMacvlan(snapshot, request);
  const found = request.mode === 'pf' ? unusedPf(snapshot, request.vf) : resolveVf(snapshot, request.vf);
  if (isRefusal(found)) return found;
  const { pf, vf } = found;
  const container = resolveContainer(snapshot, request.container, request.engine);
  if (isRefusal(container)) return container;
  const hostName = vf.name;
  const refusal =
    unfitVf(snapshot, pf, vf, request.forceInterface) ??
    unfitContainer(snapshot, container) ??
    badValues(snapshot, pf, container, vf, request) ??
    badDhcp(snapshot, container, request);
  if (refusal) return refusal;
  const namespace = namespaceOf(container);
  if (!namespace || !hostName || !pf.name)
    return refuse(
      'unknown-state',
      `The network namespace of ${container.name} could not be read; that takes root.`,
    );

  const name = request.name ?? hostName;
  const addresses = request.addresses ?? [];
  const routes = routesInside(container, name, request);
  const record = recordOf(snapshot, pf, vf, container, request, routes.replaced, name);
  const vlan: Vlan | null = request.vlan ? { id: request.vlan, qos: 0, proto: '802.1Q' } : null;
  const mac = request.mac && normalMac(request.mac);
  const plan: Step[] = [
    steps.saveRecord(record),
    ...(pf.up || vf.pci === pf.pci ? [] : [steps.bringUp(pf.name, 'a VF has no link while its PF is down')]),
    ...(vlan && vf.vlan ? [setOnPf(pf, vf, 'vlan', vf.vlan, vlan)] : []),
    ...vf.addresses.map((address) => steps.dropAddress(hostName, address)),
    ...(vf.up ? [steps.takeDown(hostName)] : []),
    steps.moveIn(vf, hostName, name, container.name),
    ...(mac && vf.mac ? [steps.setMacInside(name, vf.mac, mac)] : []),
    ...(request.mtu && vf.mtu ? [steps.setMtuInside(name, vf.mtu, request.mtu)] : []),
    ...(addresses.some((address) => address.includes(':')) ? [steps.enableIPv6(name)] : []),
    ...addresses.map((address) => steps.addAddressInside(name, address)),
    ...(addresses.length > 0 ? [steps.announce(name)] : []),
    steps.bringUpInside(name),
    ...routes.steps,
    ...(record.dhcp ? [startDhcp(vf.pci, name, namespace, record.dhcp)] : []),
  ];
  return {
    kind: 'attach',
    title: `Attach ${vfLabel(pf, vf)} to ${container.name} as ${name}`,
    host: snapshot.host.id,
    notes: [...notesOf(snapshot, container, vf, hostName, name), ...throughTheCard(pf, vf, container)],
    ...(name === hostName ? {} : { advice: [{ do: 'give-name-back', name: hostName }] }),
    losses: [],
    verb: 'Attach',
    locks: locksOf(pf, vf),
    namespace,
    preconditions: [
      {
        otherwise: `${vfLabel(pf, vf)} is no longer ${hostName} on the host; somebody else took it.`,
        check: ['is_named', vf.pci, hostName],
      },
      { otherwise: `${container.name} has an interface ${name} by now.`, check: ['absent_inside', name] },
    ],
    steps: plan,
    promises: [
      {
        kind: 'vf-inside',
        ...{ vf: vf.pci, netnsInode: namespace.inode, name, addresses, vlan: request.vlan ?? null },
        ...{ mac: mac ?? vf.mac, mtu: request.mtu ?? vf.mtu },
      },
    ],
  };
}

function unfitVf(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  forced: string | undefined,
): Refusal | undefined {
  const label = vfLabel(pf, vf);
  const { holder } = vf;
  if (holder.kind === 'container')
    return refuse('in-use', `${label} is attached to container ${holder.name} as ${vf.name}.`, {
      do: 'detach-or-move',
    });
  if (holder.kind === 'netns')
    return refuse(
      'in-use',
      `${label} is in the network namespace ${holder.name ?? holder.netnsInode}; detach it first.`,
    );
  if (holder.kind === 'vfio')
    return refuse('in-use', `${label} is bound to ${vf.driver}, so it has no network device to attach.`);
  if (holder.kind === 'none' || vf.name === null)
    return vf.driver === null
      ? refuse('no-netdev', `${label} has no network device: no driver is bound to it.`, {
          ...{ do: 'diagnose', about: 'driver' },
        })
      : refuse('no-netdev', `${label} has no network device that can be seen from here; look again as root.`);
  const macvlan = snapshot.macvlans.find(({ on }) => on === vf.pci);
  if (macvlan)
    return refuse('in-use', `${label} carries a macvlan of ${macvlan.container.name}; detach that first.`);
  if (vf.master)
    return refuse('in-use', `${vf.name} is a port of ${vf.master} on the host; take it out first.`);
  if (pf.name === null || pf.holder.kind !== 'host') return pfIsAway(label);
  return protection(vf.name, vf.name, vf.protectedBecause, forced);
}

function badValues(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  container: Container,
  vf: VirtualFunction,
  request: AttachRequest,
): Refusal | undefined {
  const name = request.name ?? vf.name ?? '';
  const taken = container.interfaces.flatMap((other) => [other.name, ...other.altnames]);
  if (taken.includes(name))
    return refuse('name-taken', `Container ${container.name} has an interface ${name} already.`, {
      do: 'choose-name',
    });
  const addresses = request.addresses ?? [];
  const problems = [
    interfaceNameProblem(name),
    addressesProblem(addresses),
    takenAddressProblem(container, addresses),
    request.mac && (macProblem(request.mac) ?? takenMacProblem(snapshot, request.mac, vf.pci)),
    request.vlan && vf.pci === pf.pci && 'A whole adapter is in no VLAN of its own; only VFs are.',
    request.vlan !== undefined && vlanProblem(`${request.vlan}`),
    request.mtu !== undefined && mtuProblem(`${request.mtu}`, pf.mtu ?? undefined),
    request.vlan &&
      vf.vlan === null &&
      vf.pci !== pf.pci &&
      `${pf.name} does not tell its VFs' VLANs, so VLAN ${request.vlan} could not be undone.`,
  ];
  const problem = problems.find((text) => typeof text === 'string' && text !== '');
  return typeof problem === 'string' ? refuse('invalid', problem) : badRoutes(container, request);
}

function recordOf(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  container: Container,
  request: AttachRequest,
  replaced: Route | null,
  inside: string,
): AttachmentRecord {
  const { adminMac, vlan, trust, spoofchk, linkState, minTxRate, maxTxRate } = vf;
  const onOurBehalf = snapshot.attachments.some(({ record }) => record.pf === pf.pci && record.pfBroughtUp);
  return {
    version: 1,
    ...{ vf: vf.pci, pf: pf.pci, index: vf.index, inside },
    container: {
      id: container.id,
      name: container.name,
      engine: container.engine,
      netnsInode: container.netnsInode ?? 0,
    },
    recordedAt: snapshot.takenAt,
    bootId: snapshot.host.bootId,
    before: {
      name: vf.name ?? '',
      altnames: vf.altnames,
      ...{ mac: vf.mac, mtu: vf.mtu, up: vf.up ?? false, addresses: vf.addresses },
      settings: { adminMac, vlan, trust, spoofchk, linkState, minTxRate, maxTxRate },
      defaultRoute: replaced,
    },
    changed: {
      vlan: request.vlan !== undefined,
    },
    ...(request.dhcp ? { dhcp: dhcpClientFor(snapshot, container) } : {}),
    pfBroughtUp: vf.pci !== pf.pci && (!pf.up || onOurBehalf),
  };
}

function notesOf(
  snapshot: HostSnapshot,
  container: Container,
  vf: VirtualFunction,
  hostName: string,
  name: string,
): string[] {
  const sharing = snapshot.containers.filter(
    (c) => c.id !== container.id && c.netnsInode === container.netnsInode,
  );
  return [
    ...(name === hostName
      ? []
      : [`When ${container.name} stops, it comes back to the host as ${name}, not as ${hostName}.`]),
    ...rootlessNotes(container, name),
    ...(sharing.length > 0
      ? [`${sharing.map((c) => c.name).join(', ')} shares this network namespace and gets the VF too.`]
      : []),
    ...(vf.up && vf.addresses.length > 0
      ? [`${hostName} is in use on the host (${vf.addresses.join(', ')}); routes through it there end.`]
      : []),
  ];
}

/** What the second attachment of an adapter should know; no question. */
function throughTheCard(pf: PhysicalFunction, vf: VirtualFunction, container: Container): string[] {
  const others = pf.vfs.filter(
    ({ pci, holder }) =>
      pci !== vf.pci && holder.kind === 'container' && holder.netnsInode !== container.netnsInode,
  );
  const names = [...new Set(others.map(({ holder }) => holder.name ?? holder.netnsInode))];
  return names.length === 0
    ? []
    : [
        `${container.name} and ${names.join(', ')} reach each other through the adapter's own switch: their traffic crosses the PCIe bus twice. Where they mostly talk to each other on this host, a macvlan or a bridge is faster.`,
      ];
}
