import type { AttachmentRecord } from '../../../src/model/attachment';
import type { ContainerInterface } from '../../../src/model/container';
import type { VirtualFunction } from '../../../src/model/functions';
import type { MacvlanRecord } from '../../../src/model/macvlan';
import type { Argv, Plan, PlanPromise } from '../../../src/model/plan';
import type { HostLink, HostSnapshot } from '../../../src/model/snapshot';
import { unwrap } from '../../../src/model/verbs';
import { link, onHost } from '../hosts/host';

/** A made-up host after a plan, by its promises, records and routes; good enough to plan the next change. */
export function afterPlan(now: HostSnapshot, plan: Plan): HostSnapshot {
  const then = plan.steps.reduce((host, { apply }) => afterStep(host, plan, apply), now);
  return {
    ...plan.promises.reduce(afterPromise, then),
    lastChange: { id: 'c1', title: plan.title, at: 'then', by: 'ann', beforeBoot: false, plan },
  };
}

function afterStep(now: HostSnapshot, plan: Plan, argv: Argv): HostSnapshot {
  const { verb, args, place, atSource } = unwrap(argv);
  const [key = '', json = ''] = args;
  if (verb === 'save_record') return withRecord(without(now, key), json);
  if (verb === 'drop_record') return without(now, key);
  if (verb !== 'ip' || place !== 'inside' || args[1] !== 'route') return now;
  const inode = (atSource ? plan.from : plan.namespace)?.inode;
  return {
    ...now,
    containers: now.containers.map((container) =>
      container.netnsInode === inode
        ? { ...container, routes: afterRoute(container.routes, args) }
        : container,
    ),
  };
}

type Routes = HostSnapshot['containers'][0]['routes'];
/** `ip -4 route replace DESTINATION [via GATEWAY] dev DEVICE`, or `flush exact DESTINATION dev DEVICE`. */
function afterRoute(routes: Routes, [flag, , act, ...rest]: string[]): Routes {
  const family = flag === '-6' ? 6 : 4;
  const destination = (act === 'flush' ? rest[1] : rest[0]) ?? '';
  const others = routes.filter((route) => route.destination !== destination || route.family !== family);
  const after = (word: string) => rest[rest.indexOf(word) + 1];
  const device = after('dev') ?? '';
  const gateway = rest.includes('via') ? (after('via') ?? null) : null;
  return act === 'flush' ? others : [...others, { destination, family, gateway, device, metric: null }];
}

function withRecord(now: HostSnapshot, json: string): HostSnapshot {
  const record = JSON.parse(json) as AttachmentRecord | MacvlanRecord;
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

function afterPromise(now: HostSnapshot, promise: PlanPromise): HostSnapshot {
  switch (promise.kind) {
    case 'vf-inside': {
      const { name, mac, mtu, addresses, netnsInode } = promise;
      const container = now.containers.find((one) => one.netnsInode === netnsInode);
      const holder = { kind: 'container' as const, containerId: container?.id ?? null, netnsInode, name: container?.name ?? null }; // prettier-ignore
      const vlan = { id: promise.vlan ?? 0, qos: 0, proto: '802.1Q' as const };
      const moved = withVf(now, promise.vf, {
        name,
        mac,
        mtu,
        addresses,
        holder,
        vlan,
        up: true,
        altnames: [],
      });
      const device = { name, mac, mtu, addresses, up: true, altnames: [], vf: promise.vf };
      return withDevice(withLink(moved, promise.vf), promise.vf, netnsInode, device);
    }
    case 'vf-on-host': {
      const { name, mac, mtu, up } = promise;
      const back = withVf(now, promise.vf, { name, mac, mtu, up, holder: onHost });
      return withDevice(withLink(back, promise.vf, { name, mac, mtu, up }), promise.vf, null);
    }
    case 'vf-settings': {
      const { settings, mtu, driver } = promise;
      return withVf(now, promise.vf, {
        ...settings,
        ...(mtu === null ? {} : { mtu }),
        ...(driver === null ? {} : { driver, name: null, holder: { ...onHost, kind: 'vfio' } }),
      });
    }
    case 'macvlan': {
      const record = now.macvlans.find(({ key }) => key === promise.key);
      if (!record) return now;
      const { inside: name, mac, container } = record;
      const device = { name, mac, mtu: 1400, addresses: promise.addresses, up: true, altnames: [], vf: null };
      return withDevice(now, promise.key, container.netnsInode, device);
    }
    case 'vf-count':
      return withPf(now, promise.pf, { numVfs: promise.count, vfs: [], up: true });
    case 'autoprobe':
      return withPf(now, promise.pf, { driversAutoprobe: promise.on });
  }
}

const withPf = (now: HostSnapshot, pci: string, more: Partial<HostSnapshot['pfs'][0]>): HostSnapshot => ({
  ...now,
  pfs: now.pfs.map((pf) => (pf.pci === pci ? { ...pf, ...more } : pf)),
});

const withVf = (now: HostSnapshot, pci: string, more: Partial<VirtualFunction>): HostSnapshot => ({
  ...now,
  pfs: now.pfs.map((pf) => ({ ...pf, vfs: pf.vfs.map((vf) => (vf.pci === pci ? { ...vf, ...more } : vf)) })),
});

/** What the host has of a function, or that it has nothing. */
const withLink = (
  now: HostSnapshot,
  pci: string,
  here?: Pick<HostLink, 'name' | 'mac' | 'mtu' | 'up'>,
): HostSnapshot => ({
  ...now,
  links: [
    ...now.links.filter((other) => other.pci !== pci),
    ...(here ? [link(here.name, { ...here, pci })] : []),
  ],
});

/** The device is in this namespace and in no other. */
const withDevice = (
  now: HostSnapshot,
  vf: string,
  inode: number | null,
  device?: ContainerInterface,
): HostSnapshot => ({
  // prettier-ignore
  ...now,
  containers: now.containers.map((container) => ({
    ...container,
    interfaces: [
      ...container.interfaces.filter((one) => one.vf !== vf),
      ...(device && container.netnsInode === inode ? [device] : []),
    ],
    routes: container.routes.filter(
      ({ device: name }) => name !== container.interfaces.find((one) => one.vf === vf)?.name || container.netnsInode === inode, // prettier-ignore
    ),
  })),
});
