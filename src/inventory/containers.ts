import type { Container, ContainerInterface, EngineName } from '../model/container';
import { isRunning } from '../model/container';
import { dhcpClientInside, type DhcpClient } from '../model/dhcp';
import { engineNamed } from '../model/engines';
import { addressesOf, isUp, pciOf } from './devices';
import type { EngineContainer } from './engines/look';
import type { NamedNamespace, Namespace } from './namespaces';

/** Containers of the engines, with what their namespaces hold; then the named namespaces. */
export function containersOf(
  engines: { engine: EngineName; containers: EngineContainer[] }[],
  withNames: NamedNamespace[],
  namespaces: Namespace[],
  processes: Map<number, number>,
  withDhcp: Set<number>,
): Container[] {
  const inside = (inode: number | null) => {
    const namespace = namespaces.find((other) => other.inode === inode);
    return { interfaces: interfacesOf(namespace), routes: namespace?.routes ?? [] };
  };
  const fromEngines = engines.flatMap(({ engine, containers }) =>
    containers.map((container): Container => {
      const pid = container.pid && container.pid > 0 ? container.pid : null;
      const netnsInode = pid === null ? null : (processes.get(pid) ?? null);
      const base = { ...container, engine, pid, netnsInode, ...ownDhcp(engine, container, withDhcp) };
      return { ...base, ...inside(isRunning({ ...base, interfaces: [], routes: [] }) ? netnsInode : null) };
    }),
  );
  const isTheEngines = ({ inode, name }: NamedNamespace) =>
    fromEngines.some(
      (container) =>
        container.netnsInode === inode && engineNamed(container.engine)?.namesNamespaces?.test(name),
    );
  const named = withNames.filter((one) => !isTheEngines(one));
  const fromNames = named.map(({ inode, name }): Container => ({
    id: name,
    name,
    image: null,
    engine: 'netns',
    state: 'running',
    pid: null,
    netnsInode: inode,
    networkMode: null,
    ...inside(inode),
  }));
  return [...fromEngines, ...fromNames];
}

/** The processes whose container has a udhcpc, from the probe's section; none if the host has a client. */
export const processesWithDhcp = (body: string): Set<number> =>
  new Set([...body.matchAll(/^inside \/proc\/(\d+)\//gm)].map(([, pid]) => Number(pid)));

/** Root can't ask the Podman of another user to run something. */
const ownDhcp = (
  engine: EngineName,
  { id, pid, rootlessOf }: EngineContainer,
  withDhcp: Set<number>,
): { dhcpClient?: DhcpClient } => {
  const dhcpClient = dhcpClientInside(engine, id);
  return dhcpClient && pid && withDhcp.has(pid) && rootlessOf === undefined ? { dhcpClient } : {};
};

/** Every device but the loopback. A namespace that we didn't enter, such as the host's own, has none here. */
const interfacesOf = (namespace: Namespace | undefined): ContainerInterface[] =>
  (namespace?.devices ?? [])
    .filter((device) => !device.flags.includes('LOOPBACK'))
    .map((device) => ({
      name: device.ifname,
      mac: device.address ?? null,
      addresses: addressesOf(device),
      up: isUp(device),
      mtu: device.mtu ?? null,
      altnames: device.altnames,
      vf: pciOf(device),
      ...(device.link_index !== undefined && device.link_netnsid !== undefined
        ? { standsOn: device.link_index }
        : {}),
    }));
