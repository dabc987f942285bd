import { management, reached } from '../common.mjs';
import { container, nic, pciAfter, recorded, vfInfo } from '../record.mjs';

/** @param {number} index */
const vfPci = (index) => pciAfter('0000:3b:02.0', index);
const says = { spoofchk: true, link_state: 'auto', trust: false };
const drivers = ['vfio-pci', 'uio_pci_generic', 'iavf', 'iavf'];

export default recorded({
  about: 'XL710 (i40e): VFs for DPDK, bound to vfio-pci and uio_pci_generic, beside network ones',
  sources: [
    'a wiki note on the SR-IOV CNI: XL710-Q2 (8086:1583), af:02.0 with drv=vfio-pci, `ip link` with link-state and trust',
    'github.com/k8snetworkplumbingwg/sriov-cni/issues/232: XXV710 at 0000:3b:00.0, VF 3b:02.0; its log lines',
    'github.com/intel/ethernet-linux-i40e (README, src/kcompat_vfd.c): device/sriov/N/trunk of the driver that Intel ships beside the kernel',
  ],
  hostname: 'xl710',
  kernel: '5.14.0-427.13.1.el9_4.x86_64',
  os: { id: 'almalinux', version: '9.4', name: 'AlmaLinux 9.4 (Seafoam Ocelot)' },
  ...reached,
  pfs: [
    {
      ...{ pci: '0000:3b:00.0', ids: '8086:1583:154c', model: 'Ethernet Controller XL710 for 40GbE QSFP+' },
      ...{
        driver: 'i40e',
        total: 64,
        offset: 16,
        link: '8.0 GT/s PCIe|8',
        numa: 0,
        group: 31,
        module: 'iavf',
      },
      files: { 'sriov/1/trunk': '2,4-5,10-20', 'sriov/3/trunk': '100-199' },
      vfs: drivers.map((driver, index) => ({ pci: vfPci(index), driver, group: 60 + index })),
    },
  ],
  devices: [
    management,
    nic(
      4,
      'enp59s0f0',
      { pci: '0000:3b:00.0', mac: '02:00:5e:00:3b:00' },
      {
        speed: 40000,
        vfinfo_list: [
          vfInfo(0, '02:00:5e:00:3b:10', says),
          vfInfo(1, '02:00:5e:00:3b:11', { ...says, trust: true }),
          vfInfo(2, '02:00:5e:00:3b:12', says),
          vfInfo(3, '00:00:00:00:00:00', {
            ...says,
            link_state: 'disable',
            rate: { max_tx: 400, min_tx: 0 },
          }),
        ],
      },
    ),
    nic(9, 'enp59s0f0v2', { pci: vfPci(2), mac: '02:00:5e:00:3b:12' }),
    nic(10, 'enp59s0f0v3', { pci: vfPci(3), mac: '02:00:5e:00:3b:13', up: false }),
  ],
  containers: [container('fw', { pid: 5101, netns: 4026532901 })],
  log: [
    'i40e 0000:3b:00.0: VF attempting to override administratively set MAC address, bring down and up the VF interface to resume normal operation',
    'iavf 0000:3b:02.2: Failed to add MAC filter, error IAVF_ERR_NVM',
  ],
  namespaces: [{ inode: 4026532901, path: '/proc/5101/ns/net', devices: [] }],
  asks: [
    { kind: 'set-vfs', pf: 'enp59s0f0', count: 16 },
    { kind: 'attach', vf: 'enp59s0f0v3', container: 'fw' },
    { kind: 'attach', vf: 'enp59s0f0v3', container: 'fw', vlan: 42 },
    { kind: 'attach', vf: 'enp59s0f0:1', container: 'fw' },
    {
      kind: 'configure',
      vf: 'enp59s0f0:2',
      vlan: { id: 7, qos: 0, proto: '802.1Q' },
      linkState: 'enable',
      maxTxRate: 1000,
    },
    { kind: 'configure', vf: 'enp59s0f0:1', driver: 'iavf' },
    { kind: 'configure', vf: 'enp59s0f0:0', driver: 'iavf' },
    { kind: 'detach', vf: 'enp59s0f0:1' },
  ],
});
