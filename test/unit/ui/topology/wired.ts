import type { HostSnapshot } from '../../../../src/model/snapshot';
import { pictureOf } from '../../../../src/ui/topology/picture';
import type { Picture } from '../../../../src/ui/topology/messages';
import { bareHost, container, link, linksOf, pf, vf } from '../../hosts/host';
import { attachment } from '../../hosts/situations';

const held = (name: string, netnsInode: number) => ({
  kind: 'container' as const,
  containerId: container(name).id,
  netnsInode,
  name,
});
const inside = (name: string, pci: string | null, more = {}) => ({
  ...{ name, mac: null, addresses: [], up: true, mtu: 1500, altnames: [], vf: pci },
  ...more,
});
const vlan = (id: number) => ({ vlan: { id, qos: 0, proto: '802.1Q' as const } });

/**
 * All that can be wired. enp1s0: VF 0 is free; 1 and 2 are in fw and router without a VLAN; 3 and 4 in them in VLAN 42; 5 is in a namespace of
 * nobody's; 6 is for a virtual machine. enp2s0 is a port of br0 and carries macvlans; eth7 is in fw as a whole.
 */
export function wired(): HostSnapshot {
  const [fw, router] = [held('fw', 101), held('router', 102)];
  const vfs = [
    vf(0),
    vf(1, { name: 'eth1', up: true, holder: fw, maxTxRate: 200 }),
    vf(2, { name: 'eth1', up: false, holder: router }),
    vf(3, { name: 'eth2', up: true, holder: fw, ...vlan(42) }),
    vf(4, { name: 'eth2', up: true, holder: router, ...vlan(42) }),
    vf(5, { name: 'left', holder: { kind: 'netns', containerId: null, netnsInode: 999, name: null } }),
    vf(6, { name: null, driver: 'vfio-pci', holder: { ...fw, kind: 'vfio', containerId: null } }),
  ];
  const pfs = [
    pf(vfs, { numaNode: 0 }),
    pf([], {
      ...{ pci: '0000:02:00.0', name: 'enp2s0', numaNode: 1, carrier: false },
      linkSpeed: { current: '5.0 GT/s PCIe x4', max: '8.0 GT/s PCIe x8' },
    }),
    pf([], { pci: '0000:03:00.0', name: 'eth7', numaNode: 1, holder: fw }),
  ];
  return bareHost({
    pfs,
    containers: [
      container('fw', {
        netnsInode: 101,
        interfaces: [
          inside('eth1', vfs[1]!.pci),
          inside('eth2', vfs[3]!.pci),
          inside('eth7', '0000:03:00.0'),
        ],
      }),
      container('router', {
        netnsInode: 102,
        interfaces: [
          inside('eth1', vfs[2]!.pci),
          inside('eth2', vfs[4]!.pci),
          inside('mv0', null, { mac: 'aa' }),
        ],
      }),
      container('helper', { netnsInode: 102 }),
      container('foreign', { netnsInode: 104, interfaces: [inside('eth0', null, { standsOn: 70 })] }),
      container('off', { state: 'exited', netnsInode: null, pid: null }),
    ],
    attachments: [attachment(vf(1), 'fw', container('fw').id, 'eth1')],
    macvlans: [
      {
        ...{ version: 1, kind: 'macvlan', mode: 'bridge', inside: 'mv0', mac: 'aa', bootId: 'b0' },
        ...{ key: 'k', on: '0000:02:00.0', recordedAt: '', broughtUp: [] },
        container: { id: container('router').id, name: 'router', engine: 'docker', netnsInode: 102 },
      },
    ],
    links: [
      ...linksOf(pfs).map((one) => (one.name === 'enp2s0' ? { ...one, master: 'br0' } : one)),
      link('br0', { kind: 'bridge', index: 60 }),
      link('enp2s0.7', { kind: 'vlan', index: 70, lower: 'enp2s0' }),
    ],
  });
}

/** A picture of an adapter with so many VFs, of which some are in containers of their own. */
export function crowd(vfs: number, used: number, adapters = 1, idle = 2): Picture {
  const pfs = Array.from({ length: adapters }, (_, card) =>
    pf(
      Array.from({ length: vfs }, (_, index) =>
        vf(index, {
          pci: `0000:${(card + 1).toString(16).padStart(2, '0')}:${(index >> 3).toString(16).padStart(2, '0')}.${index & 7}`,
          ...(index < used ? { holder: held(`c${card}-${index}`, 1000 * (card + 1) + index), up: true } : {}),
        }),
      ),
      { pci: `0000:${(card + 1).toString(16).padStart(2, '0')}:ff.0`, name: `enp${card}s0` },
    ),
  );
  const containers = pfs.flatMap((_, card) =>
    Array.from({ length: used }, (_, index) =>
      container(`c${card}-${index}`, { netnsInode: 1000 * (card + 1) + index }),
    ),
  );
  const others = Array.from({ length: idle }, (_, index) =>
    container(`idle${index}`, { netnsInode: index + 1 }),
  );
  return pictureOf(bareHost({ pfs, containers: [...containers, ...others] }));
}
