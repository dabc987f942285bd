import type { AttachmentRecord } from '../../model/attachment';
import type { Container, ContainerInterface, Route } from '../../model/container';
import type { Holder, PciAddress, PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { MacvlanRecord } from '../../model/macvlan';
import { keyOf, lateOf } from '../../model/lasting/late';
import type { Argv, Plan, PlanPromise } from '../../model/plan';
import { isForPrograms } from '../../model/programDrivers';
import { vfAt, type HostLink, type HostSnapshot } from '../../model/snapshot';
import { unwrap } from '../../model/verbs';
import type { Asked } from '../../model/vfAttributes/table';
import { settingsPutBack } from '../attachments/putBack';
import { freshVf } from '../made/freshVf';
import { withMacvlan } from './macvlansLeft';

/** What a VF that is still to be created will be asked to have. */
export type AskedOf = (pf: PciAddress, index: number) => Asked;

/**
 * The host as a plan leaves it, by its promises, records and routes: enough to plan the next change. What only the host will know,
 * as of new VFs, are late words.
 */
export function asLeft(now: HostSnapshot, plan: Plan, asked: AskedOf = () => ({})): HostSnapshot {
  const stepped = plan.steps.reduce((host, { apply }) => afterStep(host, plan, apply), now);
  return plan.promises.reduce(
    (host, promise) =>
      promise.kind === 'macvlan'
        ? withMacvlan(host, plan, promise, now)
        : afterPromise(host, promise, now, asked),
    stepped,
  );
}

/** The host after one step, by its records, routes and links. */
export function afterStep(now: HostSnapshot, plan: Plan, argv: Argv): HostSnapshot {
  const { verb, args, place, atSource } = unwrap(argv);
  const [key = '', json = ''] = args;
  if (verb === 'save_record')
    return withRecord(without(now, key), JSON.parse(json) as AttachmentRecord | MacvlanRecord);
  if (verb === 'drop_record') return without(now, key);
  if (verb !== 'ip') return now;
  if (place === 'host') return afterLink(now, args);
  const inode = (atSource ? plan.from : plan.namespace)?.inode;
  return args[1] !== 'route'
    ? now
    : {
        ...now,
        containers: now.containers.map((container) =>
          container.netnsInode === inode
            ? { ...container, routes: afterRoute(container.routes, args) }
            : container,
        ),
      };
}

/** `ip link set dev ADAPTER up`, or `down`. */
function afterLink(now: HostSnapshot, [what, act, , name, state]: string[]): HostSnapshot {
  if (what !== 'link' || act !== 'set' || (state !== 'up' && state !== 'down')) return now;
  const up = state === 'up';
  return {
    ...now,
    pfs: now.pfs.map((pf) => (pf.name === name && pf.holder.kind === 'host' ? { ...pf, up } : pf)),
  };
}

/** `ip -4 route replace DESTINATION [via GATEWAY] dev DEVICE`, or `flush exact DESTINATION dev DEVICE`. */
function afterRoute(routes: Route[], [flag, , act, ...rest]: string[]): Route[] {
  const family = flag === '-6' ? 6 : 4;
  const destination = (act === 'flush' ? rest[1] : rest[0]) ?? '';
  const others = routes.filter((route) => route.destination !== destination || route.family !== family);
  const after = (word: string) => rest[rest.indexOf(word) + 1];
  const device = after('dev') ?? '';
  const gateway = rest.includes('via') ? (after(rest.includes('inet6') ? 'inet6' : 'via') ?? null) : null;
  return act === 'flush' ? others : [...others, { destination, family, gateway, device, metric: null }];
}

function withRecord(now: HostSnapshot, record: AttachmentRecord | MacvlanRecord): HostSnapshot {
  if ('kind' in record) return { ...now, macvlans: [...now.macvlans, record] };
  const { id: containerId, name: containerName } = record.container;
  const { vf, recordedAt } = record;
  const attachment = { vf, containerId, containerName, status: 'live' as const, recordedAt, record };
  return { ...now, attachments: [...now.attachments, attachment] };
}

const without = (now: HostSnapshot, key: string): HostSnapshot => ({
  ...now,
  attachments: now.attachments.filter(({ vf }) => vf !== key),
  macvlans: now.macvlans.filter((record) => record.key !== key),
});

function afterPromise(
  now: HostSnapshot,
  promise: PlanPromise,
  before: HostSnapshot,
  asked: AskedOf,
): HostSnapshot {
  switch (promise.kind) {
    case 'vf-inside':
      return inside(now, promise);
    case 'vf-on-host': {
      const { name, mac, up, mtu, vf: pci } = promise;
      return onHost(now, pci, { name, mac, up, mtu }, recordIn(before, pci));
    }
    case 'vf-settings':
      return settled(now, promise);
    case 'vf-count':
      return counted(now, promise, asked);
    case 'autoprobe':
      return {
        ...now,
        pfs: now.pfs.map((pf) => (pf.pci === promise.pf ? { ...pf, driversAutoprobe: promise.on } : pf)),
      };
    case 'kept':
      return promise.there
        ? now
        : { ...now, kept: now.kept.filter(({ intent }) => intent.id !== promise.id) };
    case 'macvlan':
    case 'huge-pages':
      return now;
  }
}

const recordIn = ({ attachments }: HostSnapshot, pci: PciAddress): AttachmentRecord | undefined =>
  attachments.find(({ vf }) => vf === pci)?.record;

function inside(now: HostSnapshot, promise: PlanPromise & { kind: 'vf-inside' }): HostSnapshot {
  const { vf: pci, name, addresses, netnsInode, vlan } = promise;
  const was = vfAt(now, pci)?.vf ?? now.pfs.find((pf) => pf.pci === pci);
  const [mac, mtu] = [promise.mac ?? was?.mac ?? null, promise.mtu ?? was?.mtu ?? null];
  const device = { name, mac, mtu, addresses, up: true, altnames: [], vf: pci };
  const holder = holderIn(now.containers, netnsInode);
  const moved = withFunction(now, pci, {
    ...{ name, mac, mtu, addresses, holder, up: true, altnames: [], master: null },
    ...(vlan === null ? {} : { vlan: { id: vlan, qos: 0, proto: '802.1Q' } }),
  });
  return withDevice(withLink(moved, pci), pci, netnsInode, device);
}

function holderIn(containers: readonly Container[], netnsInode: number): Holder {
  const container = containers.find((one) => one.netnsInode === netnsInode);
  const name = container?.name ?? null;
  return container === undefined || container.engine === 'netns'
    ? { kind: 'netns', containerId: null, netnsInode, name }
    : { kind: 'container', containerId: container.id, netnsInode, name };
}
const atHome: Holder = { kind: 'host', containerId: null, netnsInode: null, name: null };

type Device = Pick<HostLink, 'name' | 'mac' | 'mtu' | 'up'>;

/** Back as its record says. */
function onHost(
  now: HostSnapshot,
  pci: PciAddress,
  device: Device,
  record: AttachmentRecord | undefined,
): HostSnapshot {
  const { addresses = [], altnames = [], master = null, routes, settings } = record?.before ?? {};
  const mac = device.mac ?? vfAt(now, pci)?.vf.mac ?? null;
  const link: HostLink = {
    ...{
      index: 0,
      ...device,
      mac,
      carrier: false,
      kind: null,
      lower: null,
      pci,
      addresses,
      altnames,
      master,
    },
    ...(routes ? { routes } : {}),
  };
  const back = withFunction(now, pci, {
    ...{ ...device, mac, addresses, altnames, master, holder: atHome },
    ...(record ? settingsPutBack(record) : {}),
    ...(record?.changed.adminMac && settings?.adminMac ? { adminMac: settings.adminMac } : {}),
  });
  return withDevice(withLink(back, pci, link), pci, null);
}

function settled(now: HostSnapshot, promise: PlanPromise & { kind: 'vf-settings' }): HostSnapshot {
  const { vf: pci, settings, mtu, driver } = promise;
  const found = vfAt(now, pci);
  const set = withFunction(now, pci, { ...settings, ...(mtu === null ? {} : { mtu }) });
  if (driver === null || !found) return set;
  const away = {
    ...{ name: null, mac: null, mtu: null, up: null, addresses: [], altnames: [], master: null },
    ...{ driver: driver === 'none' ? null : driver },
    holder: { ...atHome, kind: driver === 'none' ? ('none' as const) : ('vfio' as const) },
  };
  const isBare = driver === 'none' || isForPrograms(driver);
  const { pf, vf } = found;
  return withLink(withFunction(set, pci, isBare ? away : { ...away, ...fresh(pf, vf.index), driver }), pci);
}

/** A network device that only the host can name. */
const fresh = (pf: PhysicalFunction, index: number) => {
  const key = keyOf(pf.pci, index);
  return {
    ...{ name: lateOf('device', key), mac: lateOf('mac', key), mtu: freshMtu(pf), up: false, holder: atHome },
  };
};
/** Of InfiniBand nobody knows. */
const freshMtu = ({ linkType }: PhysicalFunction): number | null => (linkType === undefined ? 1500 : null);

function counted(
  now: HostSnapshot,
  { pf: pci, count }: PlanPromise & { kind: 'vf-count' },
  asked: AskedOf,
): HostSnapshot {
  const pf = now.pfs.find((one) => one.pci === pci);
  if (!pf) return now;
  const vfs = Array.from({ length: count }, (_, index): VirtualFunction => {
    const key = keyOf(pci, index);
    const bound = pf.driversAutoprobe !== false && {
      ...{ name: lateOf('device', key), mac: lateOf('mac', key), driver: lateOf('driver', key) },
    };
    const one = freshVf(pf, { index, vf: lateOf('vf', key), settings: asked(pci, index) }, bound);
    // Where there is an IOMMU, a VF is in one of its groups; in which one, only the host knows.
    return { ...one, mtu: bound ? freshMtu(pf) : null, iommuGroup: pf.iommuGroup };
  });
  const gone = new Set(pf.vfs.map((vf) => vf.pci));
  return {
    ...now,
    pfs: now.pfs.map((one) => (one.pci === pci ? { ...one, numVfs: count, vfs } : one)),
    links: now.links.filter((link) => link.pci === null || !gone.has(link.pci)),
  };
}

/** The VF, or the whole PF. */
const withFunction = (now: HostSnapshot, pci: PciAddress, more: Partial<VirtualFunction>): HostSnapshot => ({
  ...now,
  pfs: now.pfs.map((pf) => {
    const at = pf.vfs.findIndex((vf) => vf.pci === pci);
    const was = pf.vfs[at];
    if (was) return { ...pf, vfs: pf.vfs.with(at, { ...was, ...more }) };
    const { name, mac, mtu, up, holder = pf.holder } = more;
    return pf.pci === pci
      ? {
          ...pf,
          ...{ holder, name: name ?? pf.name, mac: mac ?? pf.mac, mtu: mtu ?? pf.mtu, up: up ?? pf.up },
        }
      : pf;
  }),
});

/** What the host has of a function, or that it has nothing. */
const withLink = (now: HostSnapshot, pci: PciAddress, link?: HostLink): HostSnapshot => ({
  ...now,
  links: [...now.links.filter((other) => other.pci !== pci), ...(link ? [link] : [])],
});

/** The device is in this namespace and in no other. */
const withDevice = (
  now: HostSnapshot,
  pci: PciAddress,
  inode: number | null,
  device?: ContainerInterface,
): HostSnapshot => ({
  ...now,
  containers: now.containers.map((container) => {
    const was = container.interfaces.find((one) => one.vf === pci);
    const isThere = device !== undefined && container.netnsInode === inode;
    if (!was && !isThere) return container;
    return {
      ...container,
      interfaces: [...container.interfaces.filter((one) => one !== was), ...(isThere ? [device] : [])],
      routes: container.routes.filter((route) => isThere || route.device !== was?.name),
    };
  }),
});
