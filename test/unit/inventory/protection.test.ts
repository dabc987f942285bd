import { expect, test } from 'vitest';
import { protectedLinks } from '../../../src/inventory/protection';
import type { HostLink } from '../../../src/model/snapshot';

const link = (name: string, more: Partial<HostLink> = {}): HostLink => ({
  ...{ index: 1, name, mac: null, up: true, carrier: true, mtu: 1500, kind: null, master: null, lower: null },
  ...{ pci: null, altnames: [], addresses: [] },
  ...more,
});
const route = (device: string, family: 4 | 6 = 4) => ({
  destination: 'default',
  family,
  gateway: null,
  device,
  metric: null,
});

test('through a VLAN on a bond on two cards', () => {
  const links = [
    link('eno1', { master: 'bond0' }),
    link('eno2', { master: 'bond0' }),
    link('bond0', { kind: 'bond' }),
    link('bond0.5', { kind: 'vlan', lower: 'bond0', addresses: ['192.0.2.5/24'] }),
    link('eno3'),
  ];
  const found = protectedLinks(links, [], '198.51.100.1 50000 192.0.2.5 22');
  expect([...found.keys()].sort()).toEqual(['bond0', 'bond0.5', 'eno1', 'eno2']);
  expect(found.get('eno1')).toEqual(['it carries this ssh connection']);
});

test('through a macvlan on a bridge, for both families, each reason once', () => {
  const links = [
    link('eno1', { master: 'br0' }),
    link('br0', { kind: 'bridge' }),
    link('mv0', { kind: 'macvlan', lower: 'br0' }),
  ];
  const found = protectedLinks(links, [route('mv0'), route('mv0'), route('br0', 6)], '');
  expect(found.get('eno1')).toEqual([
    "it carries the host's default route (IPv4)",
    "it carries the host's default route (IPv6)",
  ]);
});

test('devices that stand on each other end', () => {
  const links = [link('a', { lower: 'b' }), link('b', { lower: 'a' })];
  expect([...protectedLinks(links, [route('a')], '').keys()]).toEqual(['a', 'b']);
});

test('an IPv4 connection that sshd calls by its IPv6 form', () => {
  const found = protectedLinks(
    [link('eno1', { addresses: ['192.0.2.5/24'] })],
    [],
    '::ffff:198.51.100.1 5 ::ffff:192.0.2.5 22',
  );
  expect([...found.keys()]).toEqual(['eno1']);
});
