import { management, reached } from '../common.mjs';
import { container, nic, pciAfter, recorded, times, vfInfo } from '../record.mjs';

/** @param {number} index */
const vfPci = (index) => pciAfter('0000:70:11.0', index);
/** @param {number} index */
const mac = (index) => `02:00:5e:00:70:1${index}`;
const says = { spoofchk: true, link_state: 'auto', trust: false };

export default recorded({
  about: 'E810 (ice): altnames, VLANs with priority, one VF in a container and one bound to vfio-pci',
  sources: [
    'github.com/LNST-project/lnst/pull/381: `ip link show` of an E810 with three VFs (no query_rss, altname)',
    'a thread with `ip link` of a vRAN host: ens1f1, mtu 9000, VLAN 564 with qos 1, altname enp112s0f1',
    'github.com/nispor/nispor/pull/249: eno12409, max_mtu 9702',
    'a note on DPDK with an E810: VFs of 0000:17:00.1 at 0000:17:11.0, iavf',
  ],
  hostname: 'e810',
  kernel: '6.8.0-60-generic',
  os: { id: 'ubuntu', version: '24.04', name: 'Ubuntu 24.04.2 LTS' },
  ...reached,
  pfs: [
    {
      ...{ pci: '0000:70:00.1', ids: '8086:1593:1889', model: 'Ethernet Controller E810-C for SFP' },
      ...{ driver: 'ice', total: 128, offset: 135, link: '16.0 GT/s PCIe|16', numa: 0, group: 12 },
      ...{ module: 'iavf', eswitch: 'legacy', files: { sriov_vf_total_msix: '1024' } },
      vfs: times(4, (index) => ({
        ...{ pci: vfPci(index), driver: index === 3 ? 'vfio-pci' : 'iavf', group: 150 + index },
      })),
    },
  ],
  devices: [
    management,
    nic(
      5,
      'ens1f1',
      { pci: '0000:70:00.1', mac: '02:00:5e:00:70:01', mtu: 9000 },
      {
        ...{ max_mtu: 9702, altnames: ['enp112s0f1'] },
        vfinfo_list: [
          vfInfo(0, mac(0), { ...says, vlan_list: [{ vlan: 564, qos: 1 }] }),
          vfInfo(1, mac(1), { ...says, vlan_list: [{ vlan: 564, qos: 1, protocol: '802.1ad' }] }),
          vfInfo(2, mac(2), { ...says, trust: true, spoofchk: false }),
          vfInfo(3, mac(3), { ...says, rate: { max_tx: 5000, min_tx: 0 } }),
        ],
      },
    ),
    ...times(2, (index) =>
      nic(
        9 + index,
        `ens1f1v${index}`,
        { pci: vfPci(index), mac: mac(index), up: index === 0 },
        {
          altnames: [`enp112s0f1v${index}`],
        },
      ),
    ),
  ],
  namespaces: [
    {
      ...{ inode: 4026532801, path: '/proc/4101/ns/net' },
      devices: [
        nic(
          11,
          'ens1f1v2',
          { pci: vfPci(2), mac: mac(2), addresses: ['198.51.100.30/24'] },
          {
            altnames: ['enp112s0f1v2'],
          },
        ),
      ],
    },
  ],
  containers: [
    container('du', { pid: 4101, netns: 4026532801, labels: { 'sriov.group': 'ran' } }),
    container('cu', { pid: 4102, netns: 4026532802, labels: { 'sriov.group': 'ran' } }),
    container('old', { state: 'exited' }),
  ],
  asks: [
    { kind: 'set-vfs', pf: 'enp112s0f1', count: 8 },
    { kind: 'attach', vf: 'enp112s0f1v0', container: 'du', name: 'fronthaul' },
    { kind: 'attach', vf: 'ens1f1:3', container: 'du' },
    { kind: 'configure', vf: 'ens1f1:1', vlan: { id: 0, qos: 0, proto: '802.1Q' }, trust: true },
    { kind: 'configure', vf: 'ens1f1:0', linkState: 'enable', minTxRate: 100, maxTxRate: 1000 },
    { kind: 'configure', vf: 'ens1f1:0', portGuid: '02:11:22:33:44:55:66:77' },
    { kind: 'configure', vf: 'ens1f1:3', driver: 'iavf' },
    { kind: 'detach', vf: 'ens1f1:2' },
  ],
});
