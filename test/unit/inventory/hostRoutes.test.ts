import { expect, test } from 'vitest';
import { containersOf } from '../../../src/inventory/containers';
import { withRoutes } from '../../../src/inventory/hostRoutes';
import { parseDevices, parseIpBatch, parseRoutes } from '../../../src/inventory/ipJson';
import { attachmentsOf, parseRecords } from '../../../src/inventory/records';
import { toLink } from '../../../src/inventory/devices';
import type { HostRoute } from '../../../src/model/hostRoute';
import { linksOf, pf, vf } from '../hosts/host';

/** As iproute2 6.1 prints them. */
const printed = [
  '{"type":"unicast","dst":"198.51.101.0/24","gateway":"192.0.2.9","dev":"enp1s0","table":"100","protocol":"boot","scope":"global","flags":["onlink"]}',
  '{"type":"unicast","dst":"192.0.2.0/24","dev":"enp1s0","table":"main","protocol":"kernel","scope":"link","prefsrc":"192.0.2.1","flags":[]}',
  '{"type":"unicast","dst":"198.51.100.0/24","gateway":"192.0.2.9","dev":"enp1s0","table":"main","protocol":"boot","scope":"global","prefsrc":"192.0.2.1","metric":50,"flags":[]}',
  '{"type":"unicast","dst":"198.51.102.0/24","table":"main","protocol":"boot","scope":"global","flags":[],"nexthops":[{"gateway":"192.0.2.9","dev":"enp1s0","weight":1,"flags":[]},{"gateway":"192.0.2.8","dev":"eth9","weight":2,"flags":["onlink"]}]}',
  '{"type":"unicast","dst":"10.9.0.0/16","via":{"family":"inet6","host":"fe80::9"},"dev":"enp1s0","protocol":"static","scope":"global","flags":[]}',
  '{"type":"unicast","dst":"203.0.113.0/24","dev":"enp1s0","protocol":"static","scope":"link","flags":[]}',
  '{"type":"local","dst":"192.0.2.1","dev":"enp1s0","table":"local","protocol":"kernel","scope":"host","flags":[]}',
  '{"type":"unicast","dst":"fe80::/64","dev":"enp1s0","table":"main","protocol":"kernel","scope":"global","metric":256,"flags":[],"pref":"medium"}',
  '{"type":"unicast","dst":"default","dev":"enp1s0","table":"main","protocol":"ra","scope":"global","metric":1024,"flags":[],"pref":"medium"}',
  '{"type":"unicast","dst":"2001:db8:1::/64","gateway":"2001:db8::9","dev":"enp1s0","table":"main","protocol":"boot","scope":"global","metric":1024,"flags":[],"pref":"medium"}',
];
const isIPv6 = (line: string) => line.includes('"pref"');
const parsed = (lines: string[]): unknown => JSON.parse(`[${lines.join(',')}]`);
const routes = parseRoutes(parsed(printed.filter((line) => !isIPv6(line))), parsed(printed.filter(isIPv6)));
const [link] = linksOf([pf([])]);

test('configured routes, of every table, as ip takes them to set them again', () => {
  const [{ routes: found = [] } = { routes: [] as HostRoute[] }] = withRoutes([link!], routes);
  expect(found.map(({ family, words }) => `-${family} ${words.join(' ')}`)).toEqual([
    '-4 198.51.101.0/24 via 192.0.2.9 dev enp1s0 table 100 proto boot scope global onlink',
    '-4 198.51.100.0/24 via 192.0.2.9 dev enp1s0 proto boot scope global src 192.0.2.1 metric 50',
    '-4 198.51.102.0/24 proto boot scope global nexthop via 192.0.2.9 dev enp1s0 weight 1 nexthop via 192.0.2.8 dev eth9 weight 2 onlink',
    '-4 10.9.0.0/16 via inet6 fe80::9 dev enp1s0 proto static scope global',
    '-4 203.0.113.0/24 dev enp1s0 proto static scope link',
    '-6 2001:db8:1::/64 via 2001:db8::9 dev enp1s0 proto boot metric 1024',
  ]);
  expect(found.map(({ gateway }) => gateway)).toEqual([
    ...['192.0.2.9', '192.0.2.9', '192.0.2.9', 'fe80::9', null, '2001:db8::9'],
  ]);
  expect(withRoutes([{ ...link!, name: 'eth9' }], routes)[0]?.routes).toHaveLength(1);
  expect(withRoutes([{ ...link!, name: 'eth8' }], routes)[0]).not.toHaveProperty('routes');
});

test('an interface that stands on a device of another namespace says on which', () => {
  const devices = parseDevices(
    parseIpBatch(
      '[{"ifindex":7,"link_index":3,"ifname":"eth0","flags":[],"link_netnsid":0,"linkinfo":{"info_kind":"macvlan"}},{"ifindex":8,"ifname":"eth1","link":"eth0","flags":[]}]',
    )[0],
  );
  const [inside] = containersOf(
    [],
    [{ inode: 5, name: 'ns' }],
    [{ inode: 5, path: '', devices, routes: [] }],
    new Map(),
    new Set(),
  );
  expect(inside?.interfaces.map(({ standsOn }) => standsOn)).toEqual([3, undefined]);
  expect(toLink(devices[1]!).lower).toBe('eth0');
});

test('a record with a port and routes is read, and one of before that knew neither', () => {
  const settings = {
    adminMac: null,
    vlan: null,
    trust: null,
    spoofchk: null,
    linkState: null,
    minTxRate: null,
    maxTxRate: null,
  };
  const before = {
    name: 'enp1s0v0',
    altnames: [],
    mac: null,
    mtu: 1500,
    up: false,
    addresses: [],
    settings,
    defaultRoute: null,
  };
  const record = (more: object) =>
    JSON.stringify({
      ...{
        version: 1,
        vf: '0000:01:10.0',
        pf: '0000:01:00.0',
        index: 0,
        inside: 'eth1',
        recordedAt: '',
        bootId: 'b',
      },
      container: { id: 'x', name: 'fw', engine: 'docker', netnsInode: 1 },
      ...{ before: { ...before, ...more }, changed: { vlan: false }, pfBroughtUp: false },
    });
  const route: HostRoute = {
    family: 4,
    destination: '10.0.0.0/8',
    gateway: null,
    device: 'enp1s0v0',
    words: ['10.0.0.0/8'],
  };
  const { records, unreadable } = parseRecords([record({}), record({ master: 'br0', routes: [route] })]);
  expect(unreadable).toBe(0);
  expect(records.map(({ before: { master, routes: kept } }) => [master, kept])).toEqual([
    [undefined, undefined],
    ['br0', [route]],
  ]);
  const statuses = (master: string | null) =>
    attachmentsOf([records[1]!], [vf(0, { master })], [], 'b').attachments.map(({ status }) => status);
  // Back on the host, and not yet the port that it was.
  expect([statuses(null), statuses('br0')]).toEqual([['returned-not-restored'], []]);
});
