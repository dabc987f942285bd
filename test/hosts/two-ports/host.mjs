import { container, nic, pciAfter, recorded, times, vfInfo } from '../record.mjs';

/** @param {number} index */
const vfPci = (index) => pciAfter('0000:03:00.1', index);
const vlan_list = [{ vlan: 4095 }];

export default recorded({
  about:
    'ConnectX-3 Pro: both ports are one PCI function, and each VF has a network device for each; ssh comes through the second port',
  sources: [
    'github.com/k8snetworkplumbingwg/sriov-network-device-plugin/issues/58: enp3s0 and enp3s0d1 at 0000:03:00.0; vlan 4095, link-state enable, no trust',
    'a note on DPDK: MT27520 Family [ConnectX-3 Pro] 1007, if=enp3s0d1,enp3s0',
    'github.com/xcp-ng/xcp/issues/544: VFs at 11:00.1 …; a VF always has both ports',
  ],
  hostname: 'cx3',
  kernel: '6.1.0-40-amd64',
  os: { id: 'debian', version: '12', name: 'Debian GNU/Linux 12 (bookworm)' },
  connection: '198.51.100.7 50022 192.0.2.11 22',
  routes: [{ dst: 'default', gateway: '192.0.2.1', dev: 'enp3s0d1', protocol: 'static', flags: [] }],
  pfs: [
    {
      ...{ pci: '0000:03:00.0', ids: '15b3:1007:1004', model: 'MT27520 Family [ConnectX-3 Pro]' },
      ...{
        driver: 'mlx4_core',
        total: 8,
        offset: 1,
        link: '8.0 GT/s PCIe|8',
        group: 14,
        module: 'mlx4_core',
      },
      ...{ eswitch: undefined },
      vfs: times(2, (index) => ({ pci: vfPci(index), driver: 'mlx4_core', group: 15 + index })),
    },
  ],
  devices: times(2, (port) => [
    nic(
      3 + port,
      port === 0 ? 'enp3s0' : 'enp3s0d1',
      {
        ...{ pci: '0000:03:00.0', mac: `02:00:5e:00:03:0${port}` },
        addresses: port === 0 ? [] : ['192.0.2.11/24'],
      },
      {
        phys_port_id: `02005e000300000${port}`,
        vfinfo_list: times(2, (index) =>
          vfInfo(index, `02:00:5e:00:03:${port}${index + 2}`, {
            vlan_list,
            spoofchk: false,
            link_state: 'enable',
          }),
        ),
      },
    ),
    ...times(2, (index) =>
      nic(10 + index * 2 + port, `enp3s0v${index}${port === 0 ? '' : 'd1'}`, {
        ...{ pci: vfPci(index), mac: `02:00:5e:00:03:${port}${index + 2}`, up: false },
      }),
    ),
  ]).flat(),
  namespaces: [{ inode: 4026532941, path: '/proc/5501/ns/net', devices: [] }],
  containers: [container('fw', { pid: 5501, netns: 4026532941 })],
  asks: [
    { kind: 'set-vfs', pf: 'enp3s0', count: 4 },
    { kind: 'set-vfs', pf: 'enp3s0d1', count: 4 },
    { kind: 'set-vfs', pf: 'enp3s0', count: 4, forceInterface: 'enp3s0' },
    { kind: 'attach', vf: 'enp3s0v0', container: 'fw' },
    { kind: 'attach', vf: 'enp3s0v1d1', container: 'fw' },
    { kind: 'attach', vf: 'enp3s0', container: 'fw', mode: 'pf' },
    { kind: 'configure', vf: 'enp3s0:0', vlan: { id: 7, qos: 0, proto: '802.1Q' } },
    { kind: 'detach', vf: 'enp3s0:0' },
  ],
});
