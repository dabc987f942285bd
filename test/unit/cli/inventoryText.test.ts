import { expect, test } from 'vitest';
import { inventoryText } from '../../../src/cli/text';
import type { VirtualFunction } from '../../../src/model/functions';
import { parseVlan, vlanText } from '../../../src/model/values';
import { bareHost, container, pf, vf } from '../hosts/host';

const fw = container('fw');
const inFw = { kind: 'container' as const, containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' };
const linesOf = (...vfs: VirtualFunction[]): string[] =>
  inventoryText(bareHost({ pfs: [pf(vfs)], containers: [fw] }))
    .split('\n')
    .slice(2, -2);

test('what a VF has otherwise than a new one stands under it; the columns are aligned', () => {
  expect(
    linesOf(
      vf(0, {
        ...{ vlan: { id: 42, qos: 3, proto: '802.1Q' }, trust: true, spoofchk: false },
        ...{ minTxRate: 50, maxTxRate: 100, linkState: 'enable', mtu: 1400 },
      }),
      vf(1, { name: 'eth1', addresses: ['192.0.2.10/24', '2001:db8::10/64'], holder: inFw }),
      vf(2, {
        ...{ name: null, mac: null, adminMac: '02:00:00:00:00:02', driver: 'vfio-pci' },
        holder: { ...inFw, kind: 'vfio' },
      }),
      vf(3),
    ).join('\n'),
  ).toBe(
    `\
  VF 0  0000:01:10.0  enp1s0v0  02:00:00:00:00:00  on the host
        vlan 42:3  trust on  spoofchk off  min-rate 50  max-rate 100
        link-state enable  mtu 1400
  VF 1  0000:01:10.2  eth1      02:00:00:00:00:01  in container fw
        not attached by SR-IOV Workbench
        192.0.2.10/24  2001:db8::10/64
  VF 2  0000:01:10.4  -         -                  bound to vfio-pci
        enforced mac 02:00:00:00:00:02
  VF 3  0000:01:10.6  enp1s0v3  02:00:00:00:00:03  on the host`,
  );
});

test('what a driver doesn’t tell isn’t guessed', () => {
  const untold = {
    adminMac: null,
    vlan: null,
    trust: null,
    spoofchk: null,
    linkState: null,
    minTxRate: null,
  };
  expect(linesOf(vf(0, { ...untold, maxTxRate: null, mtu: null }))).toHaveLength(1);
});

test('with everything set and long names it stays within 100 columns', () => {
  const lines = linesOf(
    ...[0, 1, 2].map((index) =>
      vf(index, {
        ...{ name: `fifteen-bytes-${index}`, addresses: [1, 2, 3].map((n) => `2001:db8:1:2:3:4:5:${n}/64`) },
        ...{
          vlan: { id: 4094, qos: 7, proto: '802.1ad' },
          trust: true,
          spoofchk: false,
          linkState: 'disable',
        },
        ...{ minTxRate: 1_000_000, maxTxRate: 2_000_000, mtu: 65535, adminMac: '02:00:00:00:00:99' },
      }),
    ),
  );
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('an adapter whose new VFs get no driver says so', () => {
  expect(inventoryText(bareHost({ pfs: [pf([], { driversAutoprobe: false })] }))).toContain('autoprobe off');
  expect(inventoryText(bareHost({ pfs: [pf([])] }))).not.toContain('autoprobe');
});

test.each(['42', '42:3', '42:0:802.1ad'])('the VLAN %s is printed as it is given', (given) => {
  const vlan = parseVlan(given);
  expect(typeof vlan === 'string' ? vlan : vlanText(vlan)).toBe(given);
});
