import type { Container, ContainerInterface } from '../../../src/model/container';
import type { Holder, PhysicalFunction, VirtualFunction } from '../../../src/model/functions';
import type { HostLink, HostSnapshot } from '../../../src/model/snapshot';
import { unknownSettings } from '../../../src/model/vfAttributes/table';
import { unknownRoom } from '../../../src/model/vfCapacity';

export const onHost: Holder = { kind: 'host', containerId: null, netnsInode: null, name: null };

export const vf = (index: number, more: Partial<VirtualFunction> = {}): VirtualFunction => ({
  ...unknownSettings,
  ...{
    pci: `0000:01:1${index >> 2}.${(index & 3) * 2}`,
    index,
    name: `enp1s0v${index}`,
    driver: 'igbvf',
    mac: `02:00:00:00:00:${index.toString(16).padStart(2, '0')}`,
  },
  ...{
    mtu: 1500,
    up: false,
    altnames: [],
    addresses: [],
    master: null,
    iommuGroup: 10 + index,
    numaNode: null,
  },
  ...{
    protectedBecause: [],
    holder: onHost,
    adminMac: '00:00:00:00:00:00',
    vlan: { id: 0, qos: 0, proto: '802.1Q' },
  },
  ...{ trust: false, spoofchk: true, linkState: 'auto', minTxRate: 0, maxTxRate: 0 },
  ...more,
});

export const pf = (vfs: VirtualFunction[], more: Partial<PhysicalFunction> = {}): PhysicalFunction => ({
  ...{
    pci: '0000:01:00.0',
    name: 'enp1s0',
    driver: 'igb',
    vendorId: '0x8086',
    deviceId: '0x10c9',
    model: '82576 Gigabit Network Connection',
  },
  ...{
    numaNode: null,
    iommuGroup: 9,
    mac: '52:54:00:aa:00:01',
    mtu: 1500,
    up: true,
    carrier: true,
    speedMbps: 1000,
  },
  ...{
    numVfs: vfs.length,
    totalVfs: 7,
    driversAutoprobe: true,
    eswitchMode: null,
    protectedBecause: [],
    holder: onHost,
  },
  linkSpeed: { current: '2.5 GT/s PCIe x4', max: '2.5 GT/s PCIe x4' },
  room: unknownRoom,
  vfs,
  ...more,
});

const loopback = (): ContainerInterface => ({
  ...{ name: 'lo', mac: null, addresses: ['127.0.0.1/8'], up: true, mtu: 65536, altnames: [], vf: null },
});

export const container = (name: string, more: Partial<Container> = {}): Container => {
  const id = [...name]
    .map((c) => c.charCodeAt(0).toString(16))
    .join('')
    .padEnd(64, '0');
  return {
    ...{ id, name, image: 'busybox', engine: 'docker', state: 'running', pid: 100 },
    ...{ netnsInode: 4026532000 + name.length, networkMode: 'none', interfaces: [loopback()], routes: [] },
    ...more,
  };
};

/** A made-up host: one adapter with two VFs, and two containers. Every part can be replaced. */
export const host = (more: Partial<HostSnapshot> = {}): HostSnapshot => ({
  takenAt: '2026-01-02T03:04:05.678Z',
  host: {
    ...{
      id: 'lab',
      hostname: 'lab',
      kernel: '6.1.0-40-amd64',
      virtualization: 'kvm',
      bootId: 'boot-1',
      netnsInode: 4026531840,
    },
    os: { id: 'debian', version: '12', prettyName: 'Debian GNU/Linux 12', system: 'Linux' },
    user: { name: 'root', uid: 0, isRoot: true },
  },
  pfs: [pf([vf(0), vf(1)])],
  containers: [container('fw'), container('router')],
  ...{
    attachments: [],
    staleRecords: [],
    endedMacvlans: [],
    lostRoutes: [],
    macvlans: [],
    kept: [],
    made: [],
    makers: [],
    namespaces: [],
    problems: [],
    pending: [],
  },
  lastChange: null,
  engines: [
    { engine: 'docker', status: 'ok' },
    { engine: 'podman', status: 'absent', detail: 'podman is not installed' },
  ],
  links: linksOf(more.pfs ?? [pf([vf(0), vf(1)])]),
  ...more,
});

/** The same without VFs and containers. */
export const bareHost = (more: Partial<HostSnapshot> = {}): HostSnapshot =>
  host({ pfs: [pf([])], containers: [], ...more });

/** A device of the host that stands on another one, or on nothing. */
export const link = (name: string, more: Partial<HostLink> = {}): HostLink => ({
  ...{
    index: 50,
    name,
    mac: null,
    up: true,
    carrier: true,
    mtu: 1500,
    kind: null,
    master: null,
    lower: null,
  },
  ...{ pci: null, altnames: [], addresses: [] },
  ...more,
});

/** The network devices that functions have on the host. */
export const linksOf = (pfs: PhysicalFunction[]): HostLink[] =>
  pfs
    .flatMap((one) => [{ altnames: [], addresses: [], master: null, ...one }, ...one.vfs])
    .flatMap(({ name, holder, pci, mac, mtu, up, altnames, addresses, master }, at) =>
      holder.kind === 'host' && name !== null
        ? [link(name, { index: 2 + at, pci, mac, mtu, up: up ?? false, altnames, addresses, master })]
        : [],
    );
