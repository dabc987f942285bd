import { management, reached } from '../common.mjs';
import { container, nic, pciAfter, recorded, times, vfInfo } from '../record.mjs';

const says = { spoofchk: false, link_state: 'disable', trust: false, query_rss_en: false };
/** @param {number} index @param {string} name @param {string} pf @param {string} mac @param {string} port @param {string} switchId */
const representor = (index, name, pf, mac, port, switchId, master = 'ovs-system') =>
  nic(
    index,
    name,
    { pci: pf, mac },
    {
      ...{ phys_port_name: port, phys_switch_id: switchId, master, speed: '' },
      linkinfo: { info_slave_kind: 'openvswitch' },
    },
  );

/** @param {string} netdev @param {number} vfnum */
const vfPort = (netdev, vfnum) => ({
  ...{ type: 'eth', netdev, flavour: 'pcivf', controller: 0, pfnum: 0, vfnum, external: false },
  ...{ splittable: false, function: { hw_addr: '00:00:00:00:00:00' } },
});
/** @param {string} netdev */
const uplink = (netdev) => ({ type: 'eth', netdev, flavour: 'physical', port: 0, splittable: false });

export default recorded({
  about: 'ConnectX-6 Dx and ConnectX-4 Lx in switchdev mode, with representors in Open vSwitch',
  sources: [
    'github.com/ovn-org/ovn/issues/169: devlink ports of a ConnectX-6, 65535 and 1 …, enp7s0f0 and its representors enp7s0f0_0 …',
    'a note on Open vSwitch offload with a ConnectX-4 Lx (kernel 6.5): `ip -d link` of uplink and representors (portname, switchid, parentdev; link-state disable)',
    'github.com/OpenNebula/one-deploy/issues/213: 0000:81:00.0 with pf0, eth7, eth5 … in one net/ folder',
    'github.com/k8snetworkplumbingwg/sriov-network-operator/pull/75: representors are linked to the PF since Linux 5.8',
  ],
  hostname: 'cx6',
  kernel: '6.5.0-14-generic',
  os: { id: 'ubuntu', version: '22.04', name: 'Ubuntu 22.04.3 LTS' },
  iproute2: '5.15.0',
  ...reached,
  pfs: [
    {
      ...{ pci: '0000:07:00.0', ids: '15b3:101d:101e', model: 'MT2892 Family [ConnectX-6 Dx]' },
      ...{ driver: 'mlx5_core', total: 16, offset: 2, link: '16.0 GT/s PCIe|16', numa: 0, group: 20 },
      ...{ module: 'mlx5_core', eswitch: 'switchdev' },
      vfs: times(2, (index) => ({
        ...{ pci: pciAfter('0000:07:00.2', index), driver: 'mlx5_core', group: 21 + index },
      })),
    },
    {
      ...{ pci: '0000:81:00.0', ids: '15b3:1015:1016', model: 'MT27710 Family [ConnectX-4 Lx]' },
      ...{ driver: 'mlx5_core', total: 8, offset: 2, link: '8.0 GT/s PCIe|8', numa: 1, group: 30 },
      ...{ module: 'mlx5_core', eswitch: 'switchdev' },
      vfs: times(2, (index) => ({
        ...{ pci: pciAfter('0000:81:00.2', index), driver: 'mlx5_core', group: 31 + index },
      })),
    },
  ],
  ports: {
    '0000:07:00.0/65535': uplink('enp7s0f0'),
    '0000:07:00.0/1': vfPort('enp7s0f0_0', 0),
    '0000:07:00.0/2': vfPort('enp7s0f0_1', 1),
    '0000:81:00.0/65535': uplink('pf0'),
    '0000:81:00.0/1': vfPort('eth0', 0),
    '0000:81:00.0/2': vfPort('eth1', 1),
  },
  devices: [
    management,
    nic(
      3,
      'enp7s0f0',
      { pci: '0000:07:00.0', mac: '02:00:5e:00:07:00', carrier: false },
      {
        ...{ phys_port_name: 'p0', phys_switch_id: '9ac3df0003fd7010', master: 'ovs-system', speed: 100000 },
        vfinfo_list: times(2, (index) => vfInfo(index, '00:00:00:00:00:00', says)),
      },
    ),
    // Its representors were made before the uplink's device was registered again: they have the lower indexes.
    representor(5, 'eth0', '0000:81:00.0', '02:00:5e:00:81:a0', 'pf0vf0', 'fa67c3ffffc94094'),
    representor(6, 'eth1', '0000:81:00.0', '02:00:5e:00:81:a1', 'pf0vf1', 'fa67c3ffffc94094'),
    nic(
      7,
      'pf0',
      { pci: '0000:81:00.0', mac: '02:00:5e:00:81:00', up: false },
      {
        ...{ phys_port_name: 'p0', phys_switch_id: 'fa67c3ffffc94094' },
        vfinfo_list: times(2, (index) => vfInfo(index, '00:00:00:00:00:00', says)),
      },
    ),
    nic(8, 'ovs-system', { mac: '02:00:5e:00:00:08', up: false }, { linkinfo: { info_kind: 'openvswitch' } }),
    nic(9, 'br-int', { mac: '02:00:5e:00:00:09', up: false }, { linkinfo: { info_kind: 'openvswitch' } }),
    representor(13, 'enp7s0f0_0', '0000:07:00.0', '02:00:5e:00:07:a0', 'pf0vf0', '9ac3df0003fd7010'),
    representor(14, 'enp7s0f0_1', '0000:07:00.0', '02:00:5e:00:07:a1', 'pf0vf1', '9ac3df0003fd7010'),
    nic(15, 'enp7s0f0v0', { pci: '0000:07:00.2', mac: '02:00:5e:00:07:10', up: false }),
    nic(16, 'enp7s0f0v1', { pci: '0000:07:00.3', mac: '02:00:5e:00:07:11', up: false }),
    nic(17, 'vf002', { pci: '0000:81:00.2', mac: '02:00:5e:00:81:10', up: false }),
  ],
  namespaces: [
    {
      ...{ inode: 4026532701, path: '/proc/3101/ns/net' },
      devices: [nic(18, 'eth1', { pci: '0000:81:00.3', mac: '02:00:5e:00:81:11' })],
    },
  ],
  containers: [container('tenant', { pid: 3101, netns: 4026532701 })],
  asks: [
    { kind: 'set-vfs', pf: 'enp7s0f0', count: 4 },
    { kind: 'set-vfs', pf: 'enp7s0f0_0', count: 4 },
    { kind: 'attach', vf: 'enp7s0f0v0', container: 'tenant' },
    { kind: 'attach', vf: 'enp7s0f0_0', container: 'tenant' },
    { kind: 'attach', vf: 'enp7s0f0', container: 'tenant', mode: 'pf' },
    { kind: 'attach', vf: 'enp7s0f0v1', container: 'tenant', vlan: 42 },
    { kind: 'configure', vf: 'enp7s0f0:0', vlan: { id: 42, qos: 0, proto: '802.1Q' } },
    { kind: 'configure', vf: 'enp7s0f0:0', maxTxRate: 1000 },
    { kind: 'configure', vf: 'enp7s0f0:0', mac: '02:00:5e:00:07:77', mtu: 1400 },
    { kind: 'detach', vf: 'pf0:1' },
  ],
});
