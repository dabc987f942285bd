import type { Container, ContainerInterface } from '../../../../src/model/container';
import type { Holder, PhysicalFunction, VirtualFunction } from '../../../../src/model/functions';
import { functionAt, type HostSnapshot } from '../../../../src/model/snapshot';
import { linksOf, onHost } from '../../hosts/host';
import { newVfs } from './simulated';

/** Changes of a made-up host as somebody makes them with `ip`, sysfs or an engine: what is on record of us stays. */

type More = Partial<VirtualFunction>;

const withPfs = (now: HostSnapshot, pfs: PhysicalFunction[]): HostSnapshot => ({
  ...now,
  ...{ pfs, links: linksOf(pfs) },
});

/** `ip link set PF vf N …`, `ip link set DEVICE …`, `driverctl`. */
export const setFunction = (now: HostSnapshot, pci: string, more: More): HostSnapshot =>
  withPfs(
    now,
    now.pfs.map((pf) => {
      const { holder = pf.holder, name = pf.name, mtu = pf.mtu, mac = pf.mac } = more;
      return pf.pci === pci
        ? { ...pf, holder, name, mtu, mac }
        : { ...pf, vfs: pf.vfs.map((vf) => (vf.pci === pci ? { ...vf, ...more } : vf)) };
    }),
  );

/** Without its network device: bound to vfio-pci, or to nothing. */
export const bound = (now: HostSnapshot, pci: string, driver: 'vfio-pci' | null): HostSnapshot => {
  const kind = driver === null ? 'none' : 'vfio';
  return setFunction(now, pci, { driver, name: null, mac: null, mtu: null, holder: { ...onHost, kind } });
};

const withContainers = (now: HostSnapshot, edit: (one: Container) => Container): HostSnapshot => ({
  ...now,
  containers: now.containers.map(edit),
});

/** Out of all namespaces, with what it had there. */
const taken = (now: HostSnapshot, pci: string): HostSnapshot =>
  withContainers(now, (one) => {
    const device = one.interfaces.find(({ vf }) => vf === pci);
    return device
      ? {
          ...one,
          interfaces: one.interfaces.filter((other) => other !== device),
          routes: one.routes.filter((route) => route.device !== device.name),
        }
      : one;
  });

/** `ip link set DEVICE netns 1`. */
export function toHost(now: HostSnapshot, pci: string): HostSnapshot {
  const { index } = functionAt(now, pci)!;
  const name = index < 0 ? 'enp1s0' : `enp1s0v${index}`;
  const back = setFunction(taken(now, pci), pci, { name, holder: onHost, addresses: [], up: false });
  // That it is back is read with everything else.
  const attachments = back.attachments.map((one) =>
    one.vf === pci ? { ...one, status: 'returned-not-restored' as const } : one,
  );
  return { ...back, attachments };
}

/** `ip link set DEVICE netns PID`, with an address if one is given. */
export function toContainer(now: HostSnapshot, pci: string, who: string, name: string): HostSnapshot {
  const container = now.containers.find((one) => one.name === who)!;
  const { mac, mtu } = functionAt(now, pci)!;
  const device = { name, mac, mtu, addresses: [], up: true, altnames: [], vf: pci };
  const holder: Holder = {
    kind: container.engine === 'netns' ? 'netns' : 'container',
    containerId: container.engine === 'netns' ? null : container.id,
    ...{ netnsInode: container.netnsInode, name: who },
  };
  const there = setFunction(taken(now, pci), pci, { name, addresses: [], holder, up: true });
  const moved = withContainers(there, (one) =>
    one === container || one.name === who ? { ...one, interfaces: [...one.interfaces, device] } : one,
  );
  return {
    ...moved,
    attachments: moved.attachments.filter((one) => one.vf !== pci || one.record.container.name === who),
  };
}

/** `nsenter … ip …` for a device inside; its routes follow its name. */
export function inside(
  now: HostSnapshot,
  pci: string,
  edit: (device: ContainerInterface) => Partial<ContainerInterface>,
): HostSnapshot {
  let then = now;
  const edited = withContainers(now, (one) => {
    const device = one.interfaces.find(({ vf }) => vf === pci);
    if (!device) return one;
    const next = { ...device, ...edit(device) };
    then = setFunction(now, pci, {
      name: next.name,
      addresses: next.addresses,
      mtu: next.mtu,
      mac: next.mac,
    });
    const routes = one.routes.map((route) => ({
      ...route,
      device: route.device === device.name ? next.name : route.device,
    }));
    return { ...one, routes, interfaces: one.interfaces.map((other) => (other === device ? next : other)) };
  });
  return { ...then, containers: edited.containers };
}

/** `nsenter … ip route …` in the container that has it. */
export const routed = (
  now: HostSnapshot,
  pci: string,
  edit: (routes: Container['routes'], device: string) => Container['routes'],
): HostSnapshot =>
  withContainers(now, (one) => {
    const device = one.interfaces.find(({ vf }) => vf === pci);
    return device ? { ...one, routes: edit(one.routes, device.name) } : one;
  });

/** What an end of its function or its namespace does to a macvlan, or `ip link del`; its record is stale then. */
export function withoutMacvlans(
  now: HostSnapshot,
  isGone: (one: HostSnapshot['macvlans'][0]) => boolean,
): HostSnapshot {
  const gone = now.macvlans.filter(isGone).map(({ mac }) => mac);
  const left = withContainers(now, (one) => {
    const names = one.interfaces.flatMap(({ name, mac }) => (gone.includes(mac ?? '') ? [name] : []));
    return {
      ...one,
      interfaces: one.interfaces.filter(({ name }) => !names.includes(name)),
      routes: one.routes.filter(({ device }) => !names.includes(device)),
    };
  });
  return { ...left, macvlans: now.macvlans.filter((one) => !isGone(one)) };
}

/** `nsenter … ip …` for the first macvlan. */
export function insideMacvlan(now: HostSnapshot, more: Partial<ContainerInterface>): HostSnapshot {
  const [first] = now.macvlans;
  return withContainers(now, (one) => ({
    ...one,
    interfaces: one.interfaces.map((device) => (device.mac === first?.mac ? { ...device, ...more } : device)),
    routes: one.routes.map((route) =>
      one.id === first?.container.id && route.device === first.inside && more.name
        ? { ...route, device: more.name }
        : route,
    ),
  }));
}

/** `echo COUNT >sriov_numvfs`, which others than the kernel do by way of 0: all are new. */
export function counted(now: HostSnapshot, count: number): HostSnapshot {
  const had = now.pfs[0]!.vfs.map(({ pci }) => pci);
  const gone = withoutMacvlans(had.reduce(taken, now), ({ on }) => had.includes(on));
  const vfs = newVfs(now.pfs[0]!, count);
  const pfs = gone.pfs.map((pf) => ({ ...pf, numVfs: count, vfs }));
  const attachments = gone.attachments.flatMap((one) => {
    if (one.vf === one.record.pf) return [one];
    return vfs.some(({ pci }) => pci === one.vf)
      ? [{ ...one, status: 'returned-not-restored' as const }]
      : [];
  });
  return { ...withPfs(gone, pfs), attachments };
}

/** `docker restart`: its namespace is a new one, and what was in it is back on the host. */
export function restarted(now: HostSnapshot, who: string): HostSnapshot {
  const container = now.containers.find((one) => one.name === who)!;
  const had = container.interfaces.flatMap(({ vf }) => vf ?? []);
  const without = withoutMacvlans(had.reduce(toHost, now), (one) => one.container.name === who);
  const netnsInode = (container.netnsInode ?? 0) + 1000;
  return withContainers(without, (one) => (one.name === who ? { ...one, netnsInode, routes: [] } : one));
}
