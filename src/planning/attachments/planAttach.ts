import type { Container } from '../../model/container';
import { lackOf } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isLate } from '../../model/lasting/late';
import { isRefusal, refuse, type Plan, type Refusal, type Step } from '../../model/plan';
import type { AttachRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import {
  addressesProblem,
  interfaceNameProblem,
  macProblem,
  mtuProblem,
  normalMac,
  vlanProblem,
} from '../../model/values';
import { addressDoubts } from '../addressDoubts';
import { altnamesInTheWay, namesIn } from '../altnames';
import { attachmentRecord } from './attachmentRecord';
import { adviceFor, attachNotes } from './attachNotes';
import { enforcementOf, macDoubts } from './bringsAlong';
import { badDhcp, startDhcp } from '../byDhcp';
import { leaveHost } from '../hostSteps';
import { keptForOthers } from '../kept/keptFor';
import { endsOf, hostUse } from '../hostUse';
import { locksOf } from '../locksOf';
import { namespaceOf } from '../namespaceOf';
import { planMacvlan } from '../macvlans/planMacvlan';
import { protection } from '../protection';
import { unfitContainer } from './unfitContainer';
import { unusedPf } from './unusedPf';
import { pfIsAway, resolveContainer, resolveVf, vfLabel } from '../resolve';
import { badRoutes, routesInside } from './routesInside';
import * as steps from '../steps';
import { takenAddressProblem, takenMacProblem } from '../taken';
import { trunkInTheWay } from '../vfs/vfSettings';

/**
 * Plans giving a VF to a running container, or a named namespace, with undo for every step. `later`: for a program that
 * runs when the host may have changed, with the same VF.
 */
export function planAttach(
  snapshot: HostSnapshot,
  request: AttachRequest & { forceInterface?: string },
  later = false,
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
    keptForOthers(snapshot, pf, vf, container) ??
    unfitContainer(snapshot, container) ??
    badValues(snapshot, pf, container, vf, request) ??
    badDhcp(snapshot, container, request);
  if (refusal) return refusal;
  const namespace = namespaceOf(container);
  if (!namespace || !hostName || !pf.name)
    return refuse(
      'unknown-state',
      `The network namespace of ${container.name} could not be read; that requires root.`,
    );

  const name = request.name ?? hostName;
  const addresses = request.addresses ?? [];
  const routes = routesInside(container, name, request);
  const use = hostUse(snapshot, vf);
  const enforced = enforcementOf(pf, vf, request, later);
  const record = attachmentRecord(snapshot, {
    ...{ pf, vf, container, name, use, enforced },
    replaced: routes.replaced,
    dhcp: request.dhcp === true,
  });
  const mac = request.mac && normalMac(request.mac);
  const plan: Step[] = [
    steps.saveRecord(record),
    ...(later ? [steps.keepUp(pf.name, noLink)] : []),
    ...(pf.up || vf.pci === pf.pci ? [] : [steps.bringUp(pf.name, noLink)]),
    ...enforced.steps,
    ...leaveHost(vf, hostName, use),
    ...altnamesInTheWay(vf, (other) => other === name || namesIn(container).includes(other)).map((other) =>
      steps.dropAltname(hostName, other),
    ),
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
    notes: attachNotes(snapshot, { pf, vf, container, hostName, name, stays: enforced.stays }),
    ...adviceFor(hostName, name, enforced.stays),
    doubts: [
      ...addressDoubts(snapshot, { container, addresses, goes: vf.pci, vlan: enforced.vlan }),
      ...macDoubts(pf, vf, enforced.stays, { mac, trust: request.trust }),
    ],
    losses: endsOf(use),
    verb: 'Attach',
    locks: locksOf(pf, vf),
    namespace,
    preconditions: [
      {
        otherwise: `${vfLabel(pf, vf)} is no longer ${hostName} on the host; it was taken in the meantime.`,
        check: ['is_named', vf.pci, hostName],
      },
      { otherwise: `${container.name} now has an interface ${name}.`, check: ['absent_inside', name] },
    ],
    steps: plan,
    promises: [
      {
        kind: 'vf-inside',
        ...{
          vf: vf.pci,
          netnsInode: namespace.inode,
          name,
          addresses,
          vlan: enforced.changed.vlan ? enforced.vlan : null,
        },
        ...{ mac: mac ?? record.before.mac, mtu: request.mtu ?? vf.mtu },
      },
    ],
  };
}

const noLink = 'a VF has no link while its PF is down';

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
      : refuse('no-netdev', `${label} has no visible network device; refresh as root.`);
  const whole = unfitPorts(pf, vf, label);
  if (whole) return whole;
  const macvlan = snapshot.macvlans.find(({ on }) => on === vf.pci);
  if (macvlan)
    return refuse('in-use', `${label} has a macvlan of ${macvlan.container.name}; detach that first.`);
  if (pf.name === null || pf.holder.kind !== 'host') return pfIsAway(label);
  return protection(vf.name, vf.name, vf.protectedBecause, forced);
}

/** One PCI function with more than one network device. */
function unfitPorts(pf: PhysicalFunction, vf: VirtualFunction, label: string): Refusal | undefined {
  const others = (vf.pci === pf.pci ? pf : vf).otherPorts ?? [];
  if (others.length > 0)
    return refuse(
      'limit',
      `${label} has several network devices (${[vf.name, ...others].join(', ')}), one for each port of the card; only a function with one can be attached.`,
    );
  if (vf.pci === pf.pci && pf.eswitchMode === 'switchdev')
    return refuse(
      'in-use',
      `${label} is in switchdev mode: without it, the representors of its VFs stop working. Attach a VF instead.`,
    );
  return undefined;
}

function badValues(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  container: Container,
  vf: VirtualFunction,
  request: AttachRequest,
): Refusal | undefined {
  const name = request.name ?? vf.name ?? '';
  if (namesIn(container).includes(name))
    return refuse('name-taken', `Container ${container.name} already has an interface ${name}.`, {
      do: 'choose-name',
    });
  const addresses = request.addresses ?? [];
  const problems = [
    // What the host will call it is a name.
    isLate(name) ? undefined : interfaceNameProblem(name),
    addressesProblem(addresses),
    takenAddressProblem(container, addresses),
    request.mac && (macProblem(request.mac) ?? takenMacProblem(snapshot, request.mac, vf.pci)),
    request.vlan && vf.pci === pf.pci && 'A VLAN can be set for a VF, not for a whole adapter.',
    request.vlan && (vlanProblem(`${request.vlan}`) ?? lackOf(pf, 'vlan') ?? trunkInTheWay(pf, vf)),
    request.mac && lackOf(pf, 'mac'),
    request.trust !== undefined && vf.pci === pf.pci && 'Trust can be set for a VF, not for a whole adapter.',
    request.trust !== undefined && lackOf(pf, 'trust'),
    request.mtu !== undefined && mtuProblem(`${request.mtu}`, pf.mtu ?? undefined),
    request.clear && vf.pci === pf.pci && 'Only VFs have enforced settings to clear, not a whole adapter.',
    request.vlan !== undefined &&
      vf.vlan === null &&
      vf.pci !== pf.pci &&
      `${pf.name} does not report its VFs' VLANs, so VLAN ${request.vlan} could not be undone.`,
    request.trust !== undefined &&
      vf.trust === null &&
      vf.pci !== pf.pci &&
      `${pf.name} does not report whether its VFs are trusted, so setting that could not be undone.`,
  ];
  const problem = problems.find((text) => typeof text === 'string' && text !== '');
  return typeof problem === 'string' ? refuse('invalid', problem) : badRoutes(container, request);
}
