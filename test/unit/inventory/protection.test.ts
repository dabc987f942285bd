import { expect, test } from 'vitest';
import { parseDevices, parseRoutes } from '../../../src/inventory/ipJson';
import { defaultRoutes, protectedLinks, sshDevices } from '../../../src/inventory/protection';
import type { HostLink } from '../../../src/model/snapshot';

const link = (name: string, more: Partial<HostLink> = {}): HostLink => ({
  ...{ index: 1, name, mac: null, up: true, carrier: true, mtu: 1500, kind: null, master: null, lower: null },
  ...{ pci: null, altnames: [], addresses: [] },
  ...more,
});
const route = (device: string, family: 4 | 6 = 4) => ({ device, family });

test('through a VLAN on a bond on two cards', () => {
  const links = [
    link('eno1', { master: 'bond0' }),
    link('eno2', { master: 'bond0' }),
    link('bond0', { kind: 'bond' }),
    link('bond0.5', { kind: 'vlan', lower: 'bond0', addresses: ['192.0.2.5/24'] }),
    link('eno3'),
  ];
  const found = protectedLinks(links, [], ['bond0.5']);
  expect([...found.keys()].sort()).toEqual(['bond0', 'bond0.5', 'eno1', 'eno2']);
  expect(found.get('eno1')).toEqual(['it carries this ssh connection']);
});

test('through a macvlan on a bridge, for both families, each reason once', () => {
  const links = [
    link('eno1', { master: 'br0' }),
    link('br0', { kind: 'bridge' }),
    link('mv0', { kind: 'macvlan', lower: 'br0' }),
  ];
  const found = protectedLinks(links, [route('mv0'), route('mv0'), route('br0', 6)], []);
  expect(found.get('eno1')).toEqual([
    "it carries the host's default route (IPv4)",
    "it carries the host's default route (IPv6)",
  ]);
});

test('devices that stand on each other end', () => {
  const links = [link('a', { lower: 'b' }), link('b', { lower: 'a' })];
  expect([...protectedLinks(links, [route('a')], []).keys()]).toEqual(['a', 'b']);
});

test('through an Open vSwitch bridge to all ports of that switch', () => {
  const links = [
    link('eno1', { master: 'ovs-system' }),
    link('ovs-system', { kind: 'openvswitch' }),
    link('br-ex', { kind: 'openvswitch' }),
  ];
  expect([...protectedLinks(links, [], ['br-ex']).keys()]).toEqual(['br-ex', 'eno1']);
});

const devices = parseDevices([
  { ifindex: 2, ifname: 'eno1', addr_info: [{ local: '192.0.2.5', prefixlen: 24, scope: 'global' }] },
  { ifindex: 3, ifname: 'eno2', addr_info: [{ local: 'fe80::5', prefixlen: 64, scope: 'link' }] },
  { ifindex: 4, ifname: 'eno3', addr_info: [{ local: 'fe80::5', prefixlen: 64, scope: 'link' }] },
  { ifindex: 5, ifname: 'eno4', addr_info: [{ local: '2001:db8::5', prefixlen: 64, scope: 'global' }] },
]);

test.each([
  ['IPv4', '198.51.100.1 50000 192.0.2.5 22', ['eno1']],
  ['IPv4 as sshd calls it by its IPv6 form', '::ffff:198.51.100.1 5 ::ffff:192.0.2.5 22', ['eno1']],
  ['IPv6', '2001:db8::1 50000 2001:db8::5 22', ['eno4']],
  ['link-local, with its device', 'fe80::1%eno3 50000 fe80::5%eno3 22', ['eno3']],
  ['link-local, with its device’s index', 'fe80::1%3 50000 fe80::5%3 22', ['eno2']],
  ['no connection', '', []],
])('the device of a connection: %s', (_, connection, found) => {
  expect(sshDevices(devices, connection)).toEqual(found);
});

test('default routes of both families, all tables, all makers and all next hops; none that lead nowhere', () => {
  const routes = parseRoutes(
    [
      { dst: 'default', gateway: '192.0.2.1', dev: 'eno1', protocol: 'dhcp' },
      { dst: 'default', dev: 'wg0', table: '51820', scope: 'link' },
      {
        dst: 'default',
        nexthops: [
          { gateway: '192.0.2.1', dev: 'eno3' },
          { gateway: '192.0.2.2', dev: 'eno4' },
        ],
      },
      { type: 'unreachable', dst: 'default', dev: 'lo', metric: 4294967295 },
      { dst: '192.0.2.0/24', dev: 'eno9' },
    ],
    [
      { dst: 'default', gateway: 'fe80::1', dev: 'eno2', protocol: 'ra' },
      { dst: 'default', dev: 'tun6', metric: 1024 },
      { type: 'unreachable', dst: 'default', dev: 'lo', metric: 4294967295 },
    ],
  );
  expect(defaultRoutes(routes)).toEqual([
    { device: 'eno1', family: 4 },
    { device: 'wg0', family: 4 },
    { device: 'eno3', family: 4 },
    { device: 'eno4', family: 4 },
    { device: 'eno2', family: 6 },
    { device: 'tun6', family: 6 },
  ]);
});
