import { isForPrograms } from '../../model/programDrivers';
import { isRunning, type Container, type ContainerInterface } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal, refuse, type NamespaceRef, type Refusal } from '../../model/plan';
import { carriesSsh } from '../../model/wire/carriesSsh';
import { vfAt, wholePf, type HostSnapshot } from '../../model/snapshot';
import { namespaceOf, noWayInto, wayTo } from '../namespaceOf';
import { resolveContainer, resolvePf, resolveVf, vfLabel } from '../resolve';

/** A network device whose packets can be looked at, wherever it is. */
export interface OnWire {
  /** How it is called in sentences: `fw:eth1`, `enp1s0v0`. */
  label: string;
  device: string;
  /** `null`: the host's own. */
  namespace: NamespaceRef | null;
  /** Our own ssh connection goes through it. */
  carriesSsh: boolean;
  /** The function that it belongs to; absent for any other interface of a container. */
  pf?: PhysicalFunction;
  vf?: VirtualFunction;
  container?: Container;
  inside?: ContainerInterface;
  /** What can't be seen there. */
  notes: string[];
}

/** The device of a VF, of a PF, or `CONTAINER:IFNAME`. */
export function onWire(snapshot: HostSnapshot, given: string): OnWire | Refusal {
  const vf = resolveVf(snapshot, given);
  if (!isRefusal(vf)) return ofFunction(snapshot, vf);
  const pf = resolvePf(snapshot, given);
  if (!isRefusal(pf)) return ofFunction(snapshot, { pf, vf: wholePf(pf, snapshot) });
  // No interface has a colon in its name.
  const colon = given.lastIndexOf(':');
  if (colon <= 0 || /^[\da-f]{2,8}:[\da-f]{2}:[\da-f]{2}\.[0-7]$/i.test(given)) return vf;
  const container = resolveContainer(snapshot, given.slice(0, colon));
  return isRefusal(container) ? container : ofContainer(snapshot, container, given.slice(colon + 1));
}

function ofFunction(
  snapshot: HostSnapshot,
  { pf, vf }: { pf: PhysicalFunction; vf: VirtualFunction },
): OnWire | Refusal {
  const label = vfLabel(pf, vf);
  if (isForPrograms(vf.driver))
    return refuse(
      'no-netdev',
      `${label} is bound to ${vf.driver}: its packets bypass the kernel. Capture them with dpdk-dumpcap, beside the program that uses it.`,
    );
  const { name, holder } = vf;
  if (name === null)
    return refuse(
      'no-netdev',
      `${label} has no visible network device: it has no driver, or is in a namespace that only root can read.`,
    );
  const common = { device: name, carriesSsh: isCarrying(vf), pf, vf, notes: unseen(pf, vf) };
  if (holder.kind === 'host' || holder.netnsInode === null)
    return { ...common, label: name, namespace: null };
  const container = snapshot.containers.find(({ id }) => id === holder.containerId);
  const namespace = wayTo(snapshot, vf, holder.netnsInode);
  if (!namespace) return noWayInto(label);
  const inside = container?.interfaces.find((one) => one.vf === vf.pci);
  return {
    ...{ ...common, label: `${holder.name ?? `net:[${holder.netnsInode}]`}:${name}`, namespace },
    ...(container ? { container } : {}),
    ...(inside ? { inside } : {}),
  };
}

function ofContainer(snapshot: HostSnapshot, container: Container, name: string): OnWire | Refusal {
  if (!isRunning(container))
    return refuse('not-running', `${container.name} is not running (${container.state}).`);
  const inside = container.interfaces.find((one) => one.name === name || one.altnames.includes(name));
  if (!inside) {
    const known = container.interfaces.map((one) => one.name).filter((one) => one !== 'lo');
    return refuse(
      'unknown-function',
      `${container.name} has no interface "${name}"; it has: ${known.join(', ') || 'none'}.`,
    );
  }
  const found = vfAt(snapshot, inside.vf) ?? wholeAt(snapshot, inside.vf);
  const isHosts = container.netnsInode === snapshot.host.netnsInode;
  const namespace = isHosts ? null : namespaceOf(container);
  if (namespace === undefined) return noWayInto(`${container.name}:${name}`);
  return {
    ...{ label: `${container.name}:${inside.name}`, device: inside.name, namespace, container, inside },
    carriesSsh: found !== undefined && isCarrying(found.vf),
    notes: found ? unseen(found.pf, found.vf) : [],
    ...found,
  };
}

function wholeAt(snapshot: HostSnapshot, pci: string | null) {
  const pf = snapshot.pfs.find((one) => one.pci === pci);
  return pf && { pf, vf: wholePf(pf, snapshot) };
}

const isCarrying = ({ protectedBecause }: VirtualFunction): boolean =>
  protectedBecause.some((why) => why.endsWith(carriesSsh));

/** In legacy mode, the switch of an adapter hands the packets of its VFs to them alone. */
const unseen = (pf: PhysicalFunction, vf: VirtualFunction): string[] =>
  pf.pci === vf.pci && pf.vfs.length > 0 && pf.eswitchMode !== 'switchdev'
    ? [`The packets of the VFs of ${pf.name ?? pf.pci} don't pass it: capture on the VF.`]
    : [];
