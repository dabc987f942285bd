import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal, refuse, type Plan, type Refusal } from '../../model/plan';
import { allVfs, containersIn, type HostSnapshot } from '../../model/snapshot';
import { altnamesInTheWay } from '../altnames';
import { stopDhcp } from '../byDhcp';
import { locksOf } from '../locksOf';
import { noWayInto, wayTo } from '../namespaceOf';
import { resolveMacvlan } from '../macvlans/resolveMacvlan';
import { planRemoveMacvlan } from '../macvlans/planMacvlan';
import { planRestore } from './planRestore';
import { putBackOnHost, putBackOnPf, putPfBack } from './putBack';
import { resolveHeld, vfLabel } from '../resolve';
import * as steps from '../steps';

/** Plans taking a VF back from where it is, exactly as its record says it was. */
export function planDetach(
  snapshot: HostSnapshot,
  request: { vf: string; container?: string; afterKeeping?: true; forceInterface?: string },
): Plan | Refusal {
  const macvlan = resolveMacvlan(snapshot, request);
  if (macvlan) return isRefusal(macvlan) ? macvlan : planRemoveMacvlan(snapshot, macvlan);
  const found = resolveHeld(snapshot, request.vf);
  if (isRefusal(found)) return found;
  const { pf, vf } = found;
  const label = vfLabel(pf, vf);
  const attachment = snapshot.attachments.find((other) => other.vf === vf.pci);
  if (attachment?.status === 'returned-not-restored')
    return planRestore(snapshot, attachment.record, request.forceInterface);
  const inode = vf.holder.netnsInode;
  const inside = vf.name;
  if (vf.holder.kind === 'host')
    return refuse('nothing-to-do', `${label} is already on the host (${vf.name}).`);
  if (vf.holder.kind === 'vfio')
    return refuse('in-use', `${label} is bound to ${vf.driver}; bind its network driver first.`);
  if (vf.holder.kind === 'none' && vf.driver === null)
    return refuse(
      'no-netdev',
      `${label} has no network device: no driver is bound to it. Bind one (/sys/bus/pci/drivers_probe) to bring it back to the host.`,
    );
  if (inode === null || inside === null)
    return refuse('unknown-state', `The network device of ${label} was not found; refresh as root.`);
  const namespace = wayTo(snapshot, vf, inode);
  if (!namespace) return noWayInto(label);

  const where = vf.holder.name ?? `namespace ${inode}`;
  const record = attachment?.record;
  const hostName = record?.before.name ?? freeName(snapshot, pf, vf, inside);
  const device = containersIn(snapshot, inode)[0]?.interfaces.find((other) => other.vf === vf.pci);
  // Routes by a gateway first: on undo, they come back after the routes that reach it.
  const routes = (containersIn(snapshot, inode)[0]?.routes ?? [])
    .filter((route) => route.device === inside)
    .sort((a, b) => Number(b.gateway !== null) - Number(a.gateway !== null));
  const owner = containersIn(snapshot, inode).find((container) => container.id === record?.container.id);
  const instead = owner ? (record?.before.defaultRoute ?? null) : null;
  return {
    kind: 'detach',
    title: `Detach ${label} from ${where}`,
    host: snapshot.host.id,
    notes: [
      ...(vf.keptFor === undefined || request.afterKeeping
        ? []
        : [`It is kept for ${vf.keptFor}, and is attached again at the next start.`]),
      ...(record
        ? []
        : [
            `${label} was not attached by SR-IOV Workbench, so its original state is unknown: it keeps its settings.`,
          ]),
      ...(attachment?.status === 'orphaned'
        ? [`${record?.container.name} is gone, but something still holds its network namespace.`]
        : []),
    ],
    losses: record
      ? []
      : [`${where} loses its interface ${inside}, which was not attached by SR-IOV Workbench`],
    verb: 'Detach',
    locks: locksOf(pf, vf),
    namespace,
    preconditions: [
      {
        otherwise: `${label} is no longer in ${where}.`,
        check: ['off_host', vf.pci],
      },
    ],
    steps: [
      ...(record ? stopDhcp({ key: vf.pci, dhcp: record.dhcp }, inside, namespace) : []),
      ...(record ? putBackOnPf(pf, vf, record) : []),
      ...routes.map(steps.dropRouteInside),
      ...(instead ? [steps.routeInsteadOf(vf, instead)] : []),
      ...(device?.addresses ?? []).map((address) => steps.dropAddressInside(inside, address)),
      ...(device?.addresses.some((address) => address.includes(':')) ? [steps.disableIPv6(inside)] : []),
      ...(vf.up ? [steps.takeDownInside(inside)] : []),
      ...altnamesInTheWay(vf, (other) => other === hostName || isOnHost(snapshot, other)).map((other) =>
        steps.dropAltnameInside(inside, other),
      ),
      steps.moveOut(vf, inside, hostName, where),
      ...(record ? putBackOnHost(vf, record) : []),
      ...(record ? putPfBack(snapshot, pf, record) : []),
      ...(record ? [steps.dropRecord(record)] : []),
    ],
    promises: [
      {
        kind: 'vf-on-host',
        ...{ vf: vf.pci, name: hostName, up: record?.before.up ?? false },
        ...{ mac: record ? record.before.mac : vf.mac, mtu: record?.before.mtu ?? vf.mtu },
      },
    ],
  };
}

/** For a VF that was moved by other means: its name inside, unless the host has one of that name. */
function freeName(snapshot: HostSnapshot, pf: PhysicalFunction, vf: VirtualFunction, inside: string): string {
  const isTaken =
    isOnHost(snapshot, inside) ||
    allVfs(snapshot).some(({ name, holder }) => holder.kind === 'host' && name === inside);
  const byKernel = `${pf.name ?? 'vf'}v${vf.index}`.slice(-15);
  return isTaken ? byKernel : inside;
}

const isOnHost = ({ links }: HostSnapshot, name: string): boolean =>
  links.some((link) => link.name === name || link.altnames.includes(name));
