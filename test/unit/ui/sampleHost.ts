import type { Container } from '../../../src/model/container';
import type { PhysicalFunction, VirtualFunction } from '../../../src/model/functions';
import type { Attachment, HostSnapshot, PendingChange } from '../../../src/model/snapshot';
import { unknownSettings } from '../../../src/model/vfAttributes/table';
import { unknownRoom } from '../../../src/model/vfCapacity';

/** A VF of enp1s0 on the host, free. */
export const sampleVf = (index: number, more: Partial<VirtualFunction> = {}): VirtualFunction => ({
  ...unknownSettings,
  pci: `0000:01:1${index >> 2}.${(index & 3) * 2}`,
  index,
  name: `enp1s0v${index}`,
  driver: 'igbvf',
  mac: `02:00:00:00:01:0${index}`,
  mtu: 1500,
  up: false,
  altnames: [],
  addresses: [],
  master: null,
  iommuGroup: 20 + index,
  numaNode: null,
  protectedBecause: [],
  holder: { kind: 'host', containerId: null, netnsInode: null, name: null },
  adminMac: `02:00:00:00:01:0${index}`,
  vlan: { id: 0, qos: 0, proto: '802.1Q' },
  trust: false,
  spoofchk: true,
  linkState: 'auto',
  minTxRate: 0,
  maxTxRate: 0,
  ...more,
});

export const samplePf = (more: Partial<PhysicalFunction> = {}): PhysicalFunction => ({
  pci: '0000:01:00.0',
  name: 'enp1s0',
  driver: 'igb',
  vendorId: '0x8086',
  deviceId: '0x10c9',
  model: '82576 Gigabit Network Connection',
  numaNode: null,
  iommuGroup: 14,
  mac: '02:00:00:00:01:ff',
  mtu: 1500,
  up: true,
  carrier: true,
  speedMbps: 1000,
  numVfs: more.vfs?.length ?? 0,
  totalVfs: 7,
  driversAutoprobe: true,
  eswitchMode: null,
  linkSpeed: { current: '2.5 GT/s PCIe x4', max: '2.5 GT/s PCIe x4' },
  protectedBecause: [],
  holder: { kind: 'host', containerId: null, netnsInode: null, name: null },
  room: unknownRoom,
  vfs: [],
  ...more,
});

export const sampleContainer = (name: string, more: Partial<Container> = {}): Container => ({
  id: Buffer.from(name.padEnd(32, '.')).toString('hex'),
  name,
  image: 'busybox',
  engine: 'docker',
  state: 'running',
  pid: 4000 + name.length,
  netnsInode: 4026532000 + name.length,
  networkMode: 'none',
  interfaces: [
    { name: 'lo', mac: null, addresses: ['127.0.0.1/8'], up: true, mtu: 65536, altnames: [], vf: null },
  ],
  routes: [],
  ...more,
});

export const sampleHost = (more: Partial<HostSnapshot> = {}): HostSnapshot => ({
  takenAt: '2026-03-01T12:04:31.000Z',
  host: {
    id: 'lab',
    hostname: 'lab',
    kernel: '6.1.0-40-amd64',
    os: { id: 'debian', version: '12', prettyName: 'Debian GNU/Linux 12', system: 'Linux' },
    virtualization: 'qemu',
    bootId: 'b0',
    user: { name: 'root', uid: 0, isRoot: true },
    netnsInode: 4026531840,
  },
  pfs: [samplePf()],
  containers: [],
  attachments: [],
  staleRecords: [],
  endedMacvlans: [],
  lostRoutes: [],
  macvlans: [],
  namespaces: [],
  problems: [],
  engines: [
    { engine: 'docker', status: 'ok' },
    { engine: 'podman', status: 'absent', detail: 'podman is not installed' },
  ],
  links: [],
  pending: [],
  lastChange: null,
  ...more,
});

/** enp1s0 with two VFs; VF 0 is in `fw` as `inside`, attached by us. */
export function hostWithAttachment(inside = 'eth1'): HostSnapshot {
  const fw = sampleContainer('fw');
  const free = sampleVf(0);
  const vf = sampleVf(0, {
    name: inside,
    up: true,
    addresses: ['192.0.2.10/24'],
    holder: { kind: 'container', containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' },
  });
  fw.interfaces = [
    ...fw.interfaces,
    { name: inside, mac: vf.mac, addresses: vf.addresses, up: true, mtu: 1500, altnames: [], vf: vf.pci },
  ];
  return sampleHost({
    pfs: [samplePf({ vfs: [vf, sampleVf(1)] })],
    containers: [fw, sampleContainer('router')],
    attachments: [sampleAttachment(free, 'fw', fw.id, inside)],
  });
}

export const sampleAttachment = (
  vf: VirtualFunction,
  containerName: string,
  containerId: string,
  inside: string,
  status: Attachment['status'] = 'live',
): Attachment => ({
  vf: vf.pci,
  containerId,
  containerName,
  status,
  recordedAt: '2026-03-01T12:00:00Z',
  record: {
    version: 1,
    vf: vf.pci,
    pf: '0000:01:00.0',
    index: vf.index,
    container: { id: containerId, name: containerName, engine: 'docker', netnsInode: 4026532002 },
    inside,
    recordedAt: '2026-03-01T12:00:00Z',
    bootId: 'b0',
    before: {
      name: `enp1s0v${vf.index}`,
      altnames: [],
      mac: vf.mac,
      mtu: 1500,
      up: false,
      addresses: [],
      settings: {
        adminMac: vf.adminMac,
        vlan: vf.vlan,
        trust: vf.trust,
        spoofchk: vf.spoofchk,
        linkState: vf.linkState,
        minTxRate: vf.minTxRate,
        maxTxRate: vf.maxTxRate,
      },
      defaultRoute: null,
    },
    changed: { vlan: false },
    pfBroughtUp: false,
  },
});

/** enp1s0, on which fw has a macvlan. */
export function hostWithMacvlan(...owners: string[]): HostSnapshot {
  const containers = owners.map((owner, index) => {
    const one = sampleContainer(owner, { netnsInode: 4026532100 + index });
    const mac = `02:00:00:00:02:0${index}`;
    one.interfaces.push({
      ...{
        name: 'eth1',
        mac,
        addresses: [`192.0.2.1${index}/24`],
        up: true,
        mtu: 1500,
        altnames: [],
        vf: null,
      },
    });
    return { one, mac };
  });
  return sampleHost({
    pfs: [samplePf({ vfs: [sampleVf(0)] })],
    containers: containers.map(({ one }) => one),
    macvlans: containers.map(({ one: { id, name, engine, netnsInode }, mac }) => ({
      ...{ version: 1, kind: 'macvlan', mode: 'bridge', inside: 'eth1', mac, bootId: 'b0' },
      ...{ key: `0000:01:00.0.macvlan-${mac.replaceAll(':', '')}`, on: '0000:01:00.0' },
      container: { id, name, engine, netnsInode: netnsInode ?? 0 },
      ...{ recordedAt: '2026-03-01T12:00:00Z', broughtUp: [] },
    })),
  });
}

/** A change that was interrupted after three of its eight steps. */
export const samplePending = (
  id: string,
  title: string,
  more: Partial<PendingChange> = {},
): PendingChange => ({
  ...{ id, title, startedAt: null, by: 'root', running: false, beforeBoot: false },
  ...{ progress: { done: 3, steps: 8 }, undoing: false, request: null },
  ...more,
});
