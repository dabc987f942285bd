import type { Container } from '../../model/container';
import type {
  Declared,
  DeclaredAdapter,
  DeclaredAttachment,
  DeclaredContainer,
  VfGroup,
} from '../../model/declared/declared';
import { offered } from '../../model/driverFacts';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Intent, Meant } from '../../model/lasting/kept';
import { wholePf, type HostSnapshot } from '../../model/snapshot';
import { isForPrograms } from '../../model/programDrivers';
import { keptOf } from '../kept/keptFor';
import { isGiven, routesOf, withoutNothing } from './adoptedInside';
import { adoptedMacvlans } from './adoptedMacvlans';
import { insideDifferences } from './insideDifferences';
import { leftOut } from './leftOut';

export interface Adopted {
  declared: Declared;
  /** What the reader of the file should know: above each adapter by its PCI address, and at the end. */
  remarks: { ofAdapter: Record<string, string>; atEnd: string[] };
}

/** The host as it is, as a file would declare it. */
export function adopted(snapshot: HostSnapshot): Adopted {
  const pfs = snapshot.pfs.filter(({ numVfs }) => numVfs !== null);
  const functions = pfs.flatMap((pf) => [...pf.vfs, wholePf(pf, snapshot)].map((vf) => ({ pf, vf })));
  const held = functions.map(({ pf, vf }) => ({ pf, vf, attachment: attachmentOf(snapshot, pf, vf) }));
  const { hostname } = snapshot.host;
  return {
    declared: {
      version: 1,
      ...(hostname === null ? {} : { host: hostname }),
      adapters: pfs.map(adapterOf),
      attachments: [...held.flatMap(({ attachment }) => attachment ?? []), ...adoptedMacvlans(snapshot)],
    },
    remarks: {
      ofAdapter: Object.fromEntries(
        pfs.map(({ pci, name, model }) => [pci, [name, model].filter(Boolean).join(', ')]),
      ),
      atEnd: leftOut(
        snapshot,
        held.flatMap(({ vf, attachment }) => (attachment ? [vf.pci] : [])),
      ),
    },
  };
}

function adapterOf(pf: PhysicalFunction): DeclaredAdapter {
  const vfGroups: VfGroup[] = [];
  for (const vf of pf.vfs) {
    const group = groupOf(pf, vf);
    const last = vfGroups.at(-1);
    const [from = ''] = last?.vfRange.split('-') ?? [];
    if (last && JSON.stringify({ ...last, vfRange: '' }) === JSON.stringify({ ...group, vfRange: '' }))
      last.vfRange = `${from}-${vf.index}`;
    else vfGroups.push(group);
  }
  return {
    nicSelector: { rootDevices: [pf.pci] },
    numVfs: pf.numVfs ?? 0,
    ...(pf.eswitchMode === 'legacy' || pf.eswitchMode === 'switchdev' ? { eSwitchMode: pf.eswitchMode } : {}),
    ...(vfGroups.length > 0 ? { vfGroups } : {}),
  };
}

/** What a VF has of all that can be declared; what its PF doesn't tell or can't set isn't there. */
function groupOf(pf: PhysicalFunction, vf: VirtualFunction): VfGroup {
  const can = offered(pf);
  const is = <T>(key: (typeof can)[number], value: T | null): T | undefined =>
    can.includes(key) && value !== null ? value : undefined;
  const vlan = is('vlan', vf.vlan);
  const isNetdevice = vf.driver !== null && !isForPrograms(vf.driver);
  const all: VfGroup = {
    vfRange: `${vf.index}`,
    deviceType: vf.driver === 'vfio-pci' ? 'vfio-pci' : isNetdevice ? 'netdevice' : undefined,
    mtu: isNetdevice ? (vf.mtu ?? undefined) : undefined,
    vlan: vlan?.id,
    vlanQoS: vlan?.qos || undefined,
    vlanProto: vlan?.proto === '802.1ad' ? '802.1ad' : undefined,
    ...{
      spoofChk: is('spoofchk', vf.spoofchk),
      trust: is('trust', vf.trust),
      linkState: is('linkState', vf.linkState),
    },
    ...{ minTxRate: is('minTxRate', vf.minTxRate), maxTxRate: is('maxTxRate', vf.maxTxRate) },
  };
  return withoutNothing(all);
}

/** The attachment of a function: as it is inside, or as it is kept while its container doesn't run. */
function attachmentOf(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
): DeclaredAttachment | undefined {
  const kept = keptOf(snapshot, vf.pci)?.intent;
  const { kind, netnsInode, containerId } = vf.holder;
  const container =
    kind === 'container' || kind === 'netns'
      ? snapshot.containers.find((one) =>
          kind === 'container' ? one.id === containerId : one.netnsInode === netnsInode,
        )
      : undefined;
  const whole = vf.pci === pf.pci;
  const common = { vf: whole ? pf.pci : `${pf.pci}#${vf.index}`, ...(whole ? { mode: 'pf' as const } : {}) };
  if (kept)
    return asBoth(snapshot, vf, container, {
      container: { engine: kept.engine, ...meantOf(kept.container) },
      ...common,
      ...keptInside(kept),
      lasting: true,
    });
  if (!container || (kind !== 'container' && kind !== 'netns')) return undefined;
  return {
    container: { engine: container.engine, name: container.name },
    ...common,
    ...insideOf(snapshot, vf, container),
  };
}

function insideOf(
  snapshot: HostSnapshot,
  vf: VirtualFunction,
  container: Container,
): Partial<DeclaredAttachment> {
  const device = container.interfaces.find((one) => one.vf === vf.pci);
  const record = snapshot.attachments.find((one) => one.vf === vf.pci && one.status === 'live')?.record;
  const name = device?.name ?? vf.name ?? undefined;
  const addresses = (device?.addresses ?? []).filter(
    (address) => !isGiven(address, device?.mac ?? null, record?.dhcp !== undefined),
  );
  const routes = record?.dhcp ? [] : routesOf(container, name);
  const isOwnMac = record !== undefined && device?.mac !== record.before.mac;
  return {
    interface: withoutNothing({
      name,
      addresses,
      hardwareAddr: isOwnMac ? (device?.mac ?? undefined) : undefined,
    }),
    ...(routes.length > 0 ? { routes } : {}),
    ...(record?.dhcp ? { dhcp: true } : {}),
  };
}

/** Without what is otherwise in the container just now than it is kept: no file says both. */
function asBoth(
  snapshot: HostSnapshot,
  { pci, holder }: VirtualFunction,
  container: Container | undefined,
  kept: DeclaredAttachment,
): DeclaredAttachment {
  if (!container || holder.netnsInode === null) return kept;
  const other = insideDifferences(snapshot, pci, container, kept).map(({ what }) => what);
  const is = <T>(what: string, value: T): T | undefined => (other.includes(what) ? undefined : value);
  const { interface: inside, routes, dhcp } = kept;
  return withoutNothing({
    ...kept,
    interface: withoutNothing({
      ...inside,
      name: is('name', inside?.name),
      addresses: is('addresses', inside?.addresses),
      hardwareAddr: is('MAC', inside?.hardwareAddr),
    }),
    ...{ routes: is('routes', routes), dhcp: is('DHCP', dhcp) },
  });
}

const keptInside = ({
  inside,
  settings: { addresses = [], mtu, mac, gateway, routes = [], dhcp },
}: Intent): Partial<DeclaredAttachment> => {
  const all = [
    ...routes,
    ...(gateway === undefined
      ? []
      : [{ destination: gateway.includes(':') ? '::/0' : '0.0.0.0/0', gateway }]),
  ];
  return {
    interface: withoutNothing({ name: inside, addresses, mtu, hardwareAddr: mac }),
    ...(all.length > 0 ? { routes: all } : {}),
    ...(dhcp ? { dhcp } : {}),
  };
};

function meantOf(meant: Meant): DeclaredContainer {
  if ('name' in meant) return meant;
  const { 'com.docker.compose.project': project, 'com.docker.compose.service': service } = meant.labels;
  if (project !== undefined && service !== undefined) return { compose: { project, service } };
  return { label: Object.entries(meant.labels).map(([key, value]) => `${key}=${value}`)[0] };
}
