import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDevices, parseIpBatch, parseRoutes } from '../../../src/inventory/ipJson';
import { addressesOf, configuredRoutes } from '../../../src/inventory/devices';
import { settingsOf, unknownSettings } from '../../../src/model/vfAttributes/table';

/** As iproute2's lib/json_writer.c escapes a string: not everything, and a single quote needlessly. */
const asIproute2 = (text: string) =>
  [...text]
    .map(
      (c) =>
        ({
          '\t': '\\t',
          '\n': '\\n',
          '\r': '\\r',
          '\f': '\\f',
          '\b': '\\b',
          '\\': '\\\\',
          '"': '\\"',
          "'": "\\'",
        })[c] ?? c,
    )
    .join('');

test('whatever an alias says, it is text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
      (alias) => {
        const [devices] = parseIpBatch(`[{"ifindex":1,"ifname":"eth0","ifalias":"${asIproute2(alias)}"}]\n`);
        expect(devices).toEqual([{ ifindex: 1, ifname: 'eth0', ifalias: alias }]);
      },
    ),
  );
});

test('one odd device does not hide the others', () => {
  expect(parseDevices([{ ifindex: 'x' }, null, { ifindex: 2, ifname: 'eth1' }]).map((d) => d.ifname)).toEqual(
    ['eth1'],
  );
  expect(parseDevices({})).toEqual([]);
});

test('addresses of the link itself are not anybody’s configuration', () => {
  const [device] = parseDevices([
    {
      ifindex: 2,
      ifname: 'e',
      addr_info: [
        { local: '10.0.0.1', prefixlen: 24, scope: 'global' },
        { local: 'fe80::1', prefixlen: 64, scope: 'link' },
      ],
    },
  ]);
  expect(addressesOf(device!)).toEqual(['10.0.0.1/24']);
});

test('only configured routes count', () => {
  const routes = configuredRoutes(
    parseRoutes(
      [
        { dst: 'default', gateway: '10.0.0.1', dev: 'e', protocol: 'static', table: 'main' },
        { dst: '10.0.0.0/24', dev: 'e', protocol: 'kernel' },
        { dst: 'local', dev: 'e', table: 'local' },
        { dst: 'default', via: { host: 'fe80::1' }, dev: 'e', metric: 100 },
        { dst: 'default', dev: 'tun0' },
        {
          dst: 'default',
          nexthops: [
            { dev: 'a', gateway: '10.1.0.1' },
            { dev: 'b', gateway: '10.2.0.1' },
          ],
        },
      ],
      [
        { dst: 'default', gateway: 'fe80::1', dev: 'e', metric: 1024 },
        { dst: 'default', dev: 'tun0', metric: 1024 },
      ],
    ),
  );
  expect(routes).toMatchObject([
    { destination: 'default', family: 4, gateway: '10.0.0.1', device: 'e', metric: null },
    { destination: 'default', family: 4, gateway: 'fe80::1', metric: 100 },
    { destination: 'default', family: 4, gateway: null, device: 'tun0' },
    { family: 4, device: 'a' },
    { family: 4, device: 'b' },
    { destination: 'default', family: 6, gateway: 'fe80::1', metric: 1024 },
    { destination: 'default', family: 6, gateway: null, device: 'tun0' },
  ]);
});

test('VF settings of several iproute2 and driver dialects', () => {
  expect(
    settingsOf({
      vf: 0,
      address: '02:00:00:00:00:01',
      vlan_list: [{}],
      rate: { max_tx: 0, min_tx: 0 },
      spoofchk: true,
      link_state: 'auto',
      trust: false,
    }),
  ).toEqual({
    ...unknownSettings,
    adminMac: '02:00:00:00:00:01',
    vlan: { id: 0, qos: 0, proto: '802.1Q' },
    trust: false,
    spoofchk: true,
    linkState: 'auto',
    minTxRate: 0,
    maxTxRate: 0,
  });
  expect(settingsOf({ vf: 0, mac: '02:00:00:00:00:01', vlan: 4095 })).toMatchObject({
    adminMac: '02:00:00:00:00:01',
    vlan: { id: 0 },
  });
  expect(settingsOf({ vf: 0, vlan_list: [{ vlan: 7, qos: 3, protocol: '802.1ad' }] }).vlan).toEqual({
    id: 7,
    qos: 3,
    proto: '802.1ad',
  });
  expect(settingsOf(undefined)).toMatchObject({ adminMac: null, vlan: null, trust: null });
});
