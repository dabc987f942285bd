import { management, reached } from '../common.mjs';
import { container, nic, pciAfter, recorded, times } from '../record.mjs';

/** @param {number} index */
const vfPci = (index) => pciAfter('0000:0c:00.1', index);
const broadcast = '00:ff:ff:ff:ff:12:40:1b:ff:ff:00:00:00:00:00:00:ff:ff:ff:ff';
/** The 20 bytes of an IPoIB address end in the port's GUID. @param {string} guid */
const ipoib = (guid) => `00:00:10:29:fe:80:00:00:00:00:00:00:${guid}`;
/** @param {number} index @param {string} name @param {string} pci @param {string} guid @param {object} [more] */
const ibNic = (index, name, pci, guid, more = {}) =>
  nic(
    index,
    name,
    { pci, mac: ipoib(guid), mtu: 2044 },
    {
      ...{ link_type: 'infiniband', broadcast, txqlen: 256, linkinfo: { info_kind: 'ipoib' } },
      ...more,
    },
  );
/** @param {number} index @param {string} guid */
const ibVf = (index, guid) => ({
  ...{ vf: index, link_type: 'infiniband', address: ipoib('02:00:5e:00:0c:00:00:00'), broadcast },
  ...{ vlan_list: [{}], rate: { max_tx: 0, min_tx: 0 }, spoofchk: false },
  ...{ 'node guid': guid, 'port guid': guid, link_state: 'auto', trust: false, query_rss_en: false },
});

export default recorded({
  about: 'ConnectX-6 as an InfiniBand port: GUIDs, addresses of 20 bytes',
  sources: [
    "a health checker's test data: `ip -j link` of ibp12s0 (link_type infiniband, mtu 2044, 20-byte address)",
    'the iproute2 patch "ip link: Add support to get SR-IOV VF node GUID and port GUID": a VF of ib0 before and after setting them',
    'github.com/k8snetworkplumbingwg/sriov-network-operator/issues/265 and 307: 15b3:101b, VFs 101c',
    'drivers/infiniband/ulp/ipoib/ipoib_main.c (ipoib_netdev_ops_pf): link state and GUIDs are all that it sets',
  ],
  hostname: 'ib',
  kernel: '5.14.0-503.11.1.el9_5.x86_64',
  os: { id: 'rocky', version: '9.5', name: 'Rocky Linux 9.5 (Blue Onyx)' },
  iproute2: '6.2.0',
  ...reached,
  pfs: [
    {
      ...{ pci: '0000:0c:00.0', ids: '15b3:101b:101c', model: 'MT28908 Family [ConnectX-6]' },
      ...{ driver: 'mlx5_core', total: 8, offset: 1, link: '16.0 GT/s PCIe|16', numa: 0, group: 70 },
      ...{ module: 'mlx5_core', eswitch: 'legacy' },
      vfs: times(2, (index) => ({ pci: vfPci(index), driver: 'mlx5_core', group: 71 + index })),
    },
  ],
  devices: [
    management,
    ibNic(7, 'ibp12s0', '0000:0c:00.0', '02:00:5e:03:00:0b:cc:d6', {
      ...{ speed: 200000, altnames: ['ib0'] },
      vfinfo_list: [ibVf(0, '11:00:af:21:cb:05:11:00'), ibVf(1, '00:00:00:00:00:00:00:00')],
    }),
    ibNic(8, 'ibp12s0v0', vfPci(0), '11:00:af:21:cb:05:11:00'),
    ibNic(9, 'ibp12s0v1', vfPci(1), '02:00:5e:03:00:0b:cd:42'),
  ],
  namespaces: [{ inode: 4026532931, path: '/proc/5401/ns/net', devices: [] }],
  containers: [container('mpi', { pid: 5401, netns: 4026532931 })],
  asks: [
    { kind: 'set-vfs', pf: 'ib0', count: 4 },
    { kind: 'attach', vf: 'ibp12s0:0', container: 'mpi', name: 'ib0' },
    { kind: 'attach', vf: 'ibp12s0:1', container: 'mpi', vlan: 42 },
    { kind: 'attach', vf: 'ibp12s0:1', container: 'mpi', mac: '02:00:5e:00:0c:77' },
    { kind: 'attach', vf: 'ibp12s0:1', container: 'mpi', mode: 'macvlan' },
    {
      kind: 'configure',
      vf: 'ibp12s0:1',
      nodeGuid: '0211:2233:4455:6677',
      portGuid: '02:11:22:33:44:55:66:77',
      linkState: 'enable',
    },
    { kind: 'configure', vf: 'ibp12s0:1', vlan: { id: 42, qos: 0, proto: '802.1Q' } },
    { kind: 'configure', vf: 'ibp12s0:1', mac: '02:00:5e:00:0c:77' },
    { kind: 'configure', vf: 'ibp12s0:1', trust: true },
    { kind: 'detach', vf: 'ibp12s0:0' },
  ],
});
