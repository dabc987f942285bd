import type { Kept } from '../../../../src/model/lasting/kept';
import type { ChangeRequest } from '../../../../src/model/request';
import type { HostSnapshot } from '../../../../src/model/snapshot';
import { container, host, pf, vf } from '../../hosts/host';
import { changed } from './simulated';

const inode = (at: number) => ({ netnsInode: 4026532500 + at });
const containers = [
  container('fw', inode(1)),
  container('router', inode(2)),
  container('db', { engine: 'podman', ...inode(3) }),
  container('blue', { ...inode(4), engine: 'netns', id: 'blue', pid: null, image: null, networkMode: null }),
];
const all = (count: number) => Array.from({ length: count }, (_, index) => index);
/** Has all settings that can be declared, as ice does. */
const rich = { driver: 'ice', deviceId: '0x1592' };
const start = (
  count: number,
  more: Parameters<typeof pf>[1] = {},
  of: Parameters<typeof vf>[1] = {},
): HostSnapshot =>
  host({
    containers,
    host: { ...host().host, dhcpClient: 'udhcpc' },
    pfs: [
      pf(
        all(count).map((index) => vf(index, of)),
        { totalVfs: 14, ...more },
      ),
    ],
    engines: [
      { engine: 'docker', status: 'ok' },
      { engine: 'podman', status: 'ok' },
    ],
  });
const on =
  (first: HostSnapshot) =>
  (...requests: ChangeRequest[]): HostSnapshot =>
    requests.reduce(changed, first);

type More = Partial<ChangeRequest & { kind: 'attach' }>;
const attach = (index: number, name: string, more: More = {}): ChangeRequest => ({
  ...{ kind: 'attach', vf: `enp1s0:${index}`, container: name, name: `eth${index}`, ...more },
});
const macvlan = (vf: string, name: string, more: More): ChangeRequest => ({
  ...{ kind: 'attach', mode: 'macvlan', vf, container: name, ...more },
});
const keep = (index: number, name: string, more: More = {}): ChangeRequest => ({
  ...{ kind: 'keep', vf: `enp1s0:${index}`, container: name, name: `eth${index}`, ...more },
});
const configure = (index: number, more: Partial<ChangeRequest & { kind: 'configure' }>): ChangeRequest => ({
  ...{ kind: 'configure', vf: `enp1s0:${index}`, ...more },
});
const vlan = (id: number, qos = 0) => ({ id, qos, proto: '802.1Q' as const });

/** Fifteen ways in which a host may be set up. */
export const states: Record<string, HostSnapshot> = {
  'no VFs': start(0),
  'VFs that nobody uses': start(7),
  'fourteen VFs, each in a VLAN': on(start(14))(
    ...all(14).map((index) => configure(index, { vlan: vlan(100 + index, index % 8) })),
    attach(0, 'fw'),
    attach(13, 'router', { addresses: ['10.9.13.1/24'] }),
  ),
  'trust, rates and link states': on(start(4, rich, { driver: 'iavf' }))(
    configure(0, { trust: true, spoofchk: false }),
    configure(1, { maxTxRate: 500, minTxRate: 100 }),
    configure(2, { linkState: 'enable', mtu: 1400 }),
  ),
  'VFs for programs': on(start(4))(
    configure(2, { driver: 'vfio-pci' }),
    configure(3, { driver: 'vfio-pci' }),
  ),
  'a whole adapter': on(start(0))({
    ...{ kind: 'attach', vf: 'enp1s0', container: 'fw', mode: 'pf' },
    ...{ name: 'eth1', addresses: ['10.9.0.1/24'] },
  }),
  'containers with addresses and routes': on(start(4))(
    attach(0, 'fw', { addresses: ['10.0.0.1/24', 'fd00::1/64'], gateway: '10.0.0.254' }),
    attach(1, 'router', {
      addresses: ['10.0.1.1/24'],
      routes: [{ destination: '10.8.0.0/16', gateway: '10.0.1.254' }],
    }),
  ),
  'two in one container': on(start(4))(
    attach(0, 'fw', { addresses: ['10.0.0.1/24'] }),
    attach(1, 'fw', { addresses: ['10.0.1.1/24'] }),
  ),
  'one that lasts': on(start(4))(attach(1, 'fw'), keep(1, 'fw'), attach(2, 'db'), keep(2, 'db')),
  'one that will be there': on(start(2))(
    keep(0, 'shop/web', { addresses: ['10.0.0.9/24'], engine: 'docker' }),
  ),
  'Podman and a namespace': on(start(4))(
    attach(0, 'db', { addresses: ['10.0.2.1/24'] }),
    attach(3, 'blue', { addresses: ['10.0.3.1/24'] }),
  ),
  'a MAC and an MTU of its own': on(start(2))(attach(0, 'fw', { mac: '02:00:00:00:00:77', mtu: 1400 })),
  'an address by DHCP': on(start(2))(attach(0, 'fw', { dhcp: true })),
  macvlans: on(start(4))(
    macvlan('enp1s0', 'fw', { name: 'mv0', addresses: ['10.0.5.1/24'], gateway: '10.0.5.254' }),
    macvlan('enp1s0', 'router', { name: 'mv0', mac: '02:00:00:00:00:55' }),
    macvlan('enp1s0:2', 'blue', { name: 'mv2', macvlanMode: 'private', mtu: 1400 }),
    attach(1, 'fw'),
  ),
  'all at once': on(start(7))(
    configure(0, { vlan: vlan(42) }),
    attach(0, 'fw', { addresses: ['10.0.0.1/24'], gateway: '10.0.0.254' }),
    attach(1, 'router'),
    attach(2, 'db'),
    keep(2, 'db'),
    configure(5, { driver: 'vfio-pci' }),
    configure(6, { trust: true }),
    macvlan('enp1s0:4', 'fw', { name: 'mv4', addresses: ['10.0.6.1/24'] }),
  ),
};

/** Intents are told by what they say, not by their ids. */
const keptText = ({ intent: { id: _, madeAt: __, settings, ...intent } }: Kept): string =>
  JSON.stringify({ ...intent, ...settings, addresses: settings.addresses ?? [] });

/** What `ip`, sysfs and the engines would show, and what is to last. */
export const visible = (now: HostSnapshot) => ({
  adapters: now.pfs.map(({ numVfs, holder, vfs }) => ({
    ...{ numVfs, holder: holder.name ?? holder.kind },
    vfs: vfs.map((one) => ({
      ...{ driver: one.driver, mtu: one.mtu, mac: one.mac, holder: one.holder.name ?? one.holder.kind },
      ...{ vlan: one.vlan, trust: one.trust, spoofchk: one.spoofchk, linkState: one.linkState },
      rates: [one.minTxRate, one.maxTxRate],
    })),
  })), // prettier-ignore
  containers: now.containers.map(({ name, interfaces, routes }) => ({
    name,
    interfaces: interfaces
      .map((one) => `${one.name} ${one.mac} ${one.mtu} ${[...one.addresses].sort().join(' ')}`)
      .sort(),
    routes: routes.map((one) => `${one.destination} ${one.gateway} ${one.device}`).sort(),
  })),
  kept: now.kept.map(keptText).sort(),
  macvlans: now.macvlans.map(({ on: lower, mode, container: { name } }) => `${lower} ${mode} ${name}`).sort(),
});
