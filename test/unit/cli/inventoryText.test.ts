import { expect, test } from 'vitest';
import { elsewhere } from '../../../src/cli/shown/styled';
import type { VirtualFunction } from '../../../src/model/functions';
import { parseVlan, vlanText } from '../../../src/model/values';
import { bareHost, container, host, pf, vf } from '../hosts/host';
import { inventoryText } from '../printed';

const fw = container('fw');
const inFw = { kind: 'container' as const, containerId: fw.id, netnsInode: fw.netnsInode, name: 'fw' };
const linesOf = (columns: number, ...vfs: VirtualFunction[]): string[] =>
  inventoryText(bareHost({ pfs: [pf(vfs)], containers: [fw] }), { ...elsewhere, columns })
    .split('\n')
    .slice(2, -3);

const vfs = [
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
] as const;

test('what a VF has otherwise than a new one stands beside it, or under it where there is no room; the columns are aligned', () => {
  expect(linesOf(80, ...vfs).join('\n')).toBe(
    `\
  VF  PCI           NAME      MAC                WHERE
  0   0000:01:10.0  enp1s0v0  02:00:00:00:00:00  on the host
      vlan 42:3  trust on  spoofchk off  min-rate 50  max-rate 100
      link-state enable  mtu 1400
  1   0000:01:10.2  eth1      02:00:00:00:00:01  in container fw
      not attached by SR-IOV Workbench  192.0.2.10/24  2001:db8::10/64
  2   0000:01:10.4  -         -                  bound to vfio-pci
      enforced mac 02:00:00:00:00:02
  3   0000:01:10.6  enp1s0v3  02:00:00:00:00:03  on the host`,
  );
  expect(linesOf(120, ...vfs).join('\n')).toBe(
    `\
  VF  PCI           NAME      MAC                WHERE              SETTINGS
  0   0000:01:10.0  enp1s0v0  02:00:00:00:00:00  on the host        vlan 42:3  trust on  spoofchk off  min-rate 50
                                                                    max-rate 100  link-state enable  mtu 1400
  1   0000:01:10.2  eth1      02:00:00:00:00:01  in container fw    not attached by SR-IOV Workbench  192.0.2.10/24
                                                                    2001:db8::10/64
  2   0000:01:10.4  -         -                  bound to vfio-pci  enforced mac 02:00:00:00:00:02
  3   0000:01:10.6  enp1s0v3  02:00:00:00:00:03  on the host`,
  );
});

test('in a pipe each VF is one line', () => {
  const lines = linesOf(Infinity, ...vfs);
  expect(lines).toHaveLength(1 + vfs.length);
  expect(lines[1]).toMatch(/ enp1s0v0 .* mtu 1400$/);
});

test('all VFs are in the same columns, whichever adapter they are of', () => {
  const other = pf([vf(0, { pci: '0000:02:10.0', name: 'a-long-name-v0' })], {
    pci: '0000:02:00.0',
    name: 'enp2s0',
  });
  const text = inventoryText(host({ pfs: [pf([vf(0)]), other] }));
  const places = text.split('\n').flatMap((line) => [line.indexOf('on the host')].filter((at) => at > 0));
  expect(places).toHaveLength(2);
  expect(new Set(places).size).toBe(1);
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
  const [, line] = linesOf(Infinity, vf(0, { ...untold, maxTxRate: null, mtu: null }));
  expect(line).toMatch(/on the host$/);
});

test('with everything set and long names it stays within 80 columns', () => {
  const lines = linesOf(
    80,
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
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('an adapter whose new VFs get no driver says so', () => {
  expect(inventoryText(bareHost({ pfs: [pf([], { driversAutoprobe: false })] }))).toContain('autoprobe off');
  expect(inventoryText(bareHost({ pfs: [pf([])] }))).not.toContain('autoprobe');
});

test.each(['42', '42:3', '42:0:802.1ad'])('the VLAN %s is printed as it is given', (given) => {
  const vlan = parseVlan(given);
  expect(typeof vlan === 'string' ? vlan : vlanText(vlan)).toBe(given);
});
