import { management, reached } from '../common.mjs';
import { compose, container, nic, pciAfter, recorded, times, vfInfo } from '../record.mjs';

/** @param {number} port @param {number} index */
const vfPci = (port, index) => pciAfter('0000:32:00.2', port * 8 + index);
/** @param {number} index */
const mac = (index) => `02:00:5e:00:32:${(16 + index).toString(16)}`;
const says = { spoofchk: false, link_state: 'auto', trust: false, query_rss_en: false };

export default recorded({
  about: 'ConnectX-5 with two ports, legacy mode; the second port is in another network namespace',
  sources: [
    'blog "configure SR-IOV for ConnectX-5 ethernet on Linux RHEL-9.6": R750, 32:00.0, eno12399np0, VFs 32:00.2 … 32:01.1, eno12399v0 …',
    'github.com/danm-cni/danm/issues/246: what mlx5 says of its VFs in legacy mode (spoof check off, RSS query, VLANs 10 and 452)',
    'github.com/k8snetworkplumbingwg/sriov-cni/pull/107: minimum and maximum rates on ConnectX-5',
    'github.com/k8snetworkplumbingwg/sriov-cni/issues/291: device/sriov/N/trunk of MLNX_OFED, which takes no VLAN beside it, not even 0; what the file says is in its sriov_sysfs.c',
  ],
  hostname: 'cx5',
  kernel: '5.14.0-570.12.1.el9_6.x86_64',
  os: { id: 'rhel', version: '9.6', name: 'Red Hat Enterprise Linux 9.6 (Plow)' },
  iproute2: '6.11.0',
  ...reached,
  pfs: [
    {
      ...{ pci: '0000:32:00.0', ids: '15b3:1017:1018', model: 'MT27800 Family [ConnectX-5]' },
      ...{ driver: 'mlx5_core', total: 8, offset: 2, link: '8.0 GT/s PCIe|16', numa: 0, group: 42 },
      ...{ module: 'mlx5_core', eswitch: 'legacy' },
      files: { 'sriov/2/trunk': 'Allowed 802.1Q VLANs: 7 8 9 10 1082' },
      vfs: times(4, (index) => ({ pci: vfPci(0, index), driver: 'mlx5_core', group: 100 + index })),
    },
    {
      ...{ pci: '0000:32:00.1', ids: '15b3:1017:1018', model: 'MT27800 Family [ConnectX-5]' },
      ...{ driver: 'mlx5_core', total: 8, offset: 9, link: '8.0 GT/s PCIe|16', numa: 0, group: 43 },
      ...{ module: 'mlx5_core', eswitch: 'legacy' },
      vfs: times(2, (index) => ({ pci: vfPci(1, index), driver: 'mlx5_core', group: 110 + index })),
    },
  ],
  devices: [
    management,
    nic(
      4,
      'eno12399np0',
      { pci: '0000:32:00.0', mac: '02:00:5e:00:32:00' },
      {
        ...{ phys_port_name: 'p0', phys_switch_id: '0032005e0002', altnames: ['enp50s0f0np0'] },
        vfinfo_list: [
          vfInfo(0, '00:00:00:00:00:00', { ...says, vlan_list: [{ vlan: 10 }] }),
          vfInfo(1, '00:00:00:00:00:00', { ...says, spoofchk: true, vlan_list: [{ vlan: 452, qos: 3 }] }),
          vfInfo(2, mac(2), { ...says, rate: { max_tx: 1000, min_tx: 100 } }),
          vfInfo(3, mac(3), { ...says, link_state: 'enable', trust: true }),
        ],
      },
    ),
    ...times(4, (index) =>
      nic(
        10 + index,
        `eno12399v${index}`,
        { pci: vfPci(0, index), mac: mac(index) },
        {
          altnames: [`enp50s0f0v${index}`],
        },
      ),
    ).filter((_, index) => index !== 3),
    ...times(2, (index) =>
      nic(20 + index, `eno12409v${index}`, { pci: vfPci(1, index), mac: mac(8 + index), up: false }),
    ),
  ],
  namespaces: [
    {
      ...{ inode: 4026532601, path: '/proc/2101/ns/net' },
      devices: [nic(13, 'net1', { pci: vfPci(0, 3), mac: mac(3), addresses: ['198.51.100.20/24'] })],
    },
    {
      ...{ inode: 4026532602, path: '/run/netns/uplink' },
      devices: [
        nic(5, 'eno12409np1', { pci: '0000:32:00.1', mac: '02:00:5e:00:32:01' }, { phys_port_name: 'p1' }),
      ],
    },
  ],
  containers: [
    container('router', { pid: 2101, netns: 4026532601, labels: compose('edge', 'router') }),
    container('probe', {
      ...{ pid: 2102, netns: 4026532603, networkMode: 'bridge', labels: compose('edge', 'probe') },
    }),
  ],
  asks: [
    { kind: 'set-vfs', pf: 'eno12399np0', count: 8 },
    { kind: 'set-vfs', pf: '0000:32:00.1', count: 0 },
    {
      kind: 'attach',
      vf: 'eno12399np0:0',
      container: 'router',
      name: 'net2',
      addresses: ['198.51.100.21/24'],
    },
    { kind: 'attach', vf: 'enp50s0f0v1', container: 'router' },
    { kind: 'attach', vf: 'eno12399np0:2', container: 'router', vlan: 20 },
    { kind: 'attach', vf: 'eno12409v0', container: 'router' },
    {
      kind: 'configure',
      vf: 'eno12399np0:2',
      minTxRate: 200,
      maxTxRate: 2000,
      linkState: 'enable',
      trust: true,
    },
    { kind: 'configure', vf: 'eno12399np0:0', vlan: { id: 20, qos: 2, proto: '802.1ad' } },
    { kind: 'configure', vf: 'eno12399np0:0', queryRss: true },
    { kind: 'configure', vf: 'eno12399np0:2', vlan: { id: 20, qos: 0, proto: '802.1Q' } },
    { kind: 'detach', vf: 'eno12399np0:3' },
  ],
});
