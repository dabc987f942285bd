import { management, reached } from '../common.mjs';
import { container, nic, recorded, times, vfInfo } from '../record.mjs';

/** Function numbers of the 82599's VFs go by two. @param {string} domain @param {number} index */
const vfPci = (domain, index) => `${domain}:01:10.${index * 2}`;
const says = { spoofchk: true, link_state: 'auto', trust: false, query_rss_en: false };

export default recorded({
  about:
    '82599 (ixgbe) in PCI domain 0001, named by domain, and one with the names eth4 …; a VF bound to igb_uio',
  sources: [
    'github.com/vishvananda/netlink/issues/580: `ip link` of an 82599 with VFs (query_rss)',
    'a note on DPDK: 82599ES at 0002:e9:00.0, drv=igb_uio: a domain above 0000',
    'systemd.net-naming-scheme(7): enP1p1s0f0, and v0 … for VFs',
  ],
  hostname: 'ixgbe',
  kernel: '6.1.0-40-amd64',
  os: { id: 'debian', version: '12', name: 'Debian GNU/Linux 12 (bookworm)' },
  ...reached,
  pfs: [
    {
      ...{
        pci: '0000:03:00.0',
        ids: '8086:10fb:10ed',
        model: '82599ES 10-Gigabit SFI/SFP+ Network Connection',
      },
      ...{
        driver: 'ixgbe',
        total: 63,
        offset: 128,
        stride: 2,
        link: '5.0 GT/s PCIe|8',
        group: 8,
        module: 'ixgbevf',
      },
      vfs: [{ pci: '0000:03:10.0', driver: 'ixgbevf', group: 80 }],
    },
    {
      ...{
        pci: '0001:01:00.0',
        ids: '8086:10fb:10ed',
        model: '82599ES 10-Gigabit SFI/SFP+ Network Connection',
      },
      ...{ driver: 'ixgbe', total: 63, offset: 128, stride: 2, link: '5.0 GT/s PCIe|8', module: 'ixgbevf' },
      vfs: times(3, (index) => ({ pci: vfPci('0001', index), driver: index === 2 ? 'igb_uio' : 'ixgbevf' })),
    },
  ],
  devices: [
    management,
    nic(
      3,
      'eth4',
      { pci: '0000:03:00.0', mac: '02:00:5e:00:03:00' },
      {
        ...{ speed: 10000, vfinfo_list: [vfInfo(0, '02:00:5e:00:03:10', says)] },
      },
    ),
    nic(
      4,
      'enP1p1s0f0',
      { pci: '0001:01:00.0', mac: '02:00:5e:00:11:00' },
      {
        ...{ speed: 10000, vfinfo_list: times(3, (index) => vfInfo(index, '00:00:00:00:00:00', says)) },
      },
    ),
    nic(8, 'eth5', { pci: '0000:03:10.0', mac: '02:00:5e:00:03:10' }),
    ...times(2, (index) =>
      nic(10 + index, `enP1p1s0f0v${index}`, {
        pci: vfPci('0001', index),
        mac: `02:00:5e:00:11:1${index}`,
        up: false,
      }),
    ),
  ],
  namespaces: [{ inode: 4026532911, path: '/proc/5201/ns/net', devices: [] }],
  containers: [container('fw', { pid: 5201, netns: 4026532911 })],
  asks: [
    { kind: 'set-vfs', pf: 'eth4', count: 4 },
    { kind: 'attach', vf: '0001:01:10.0', container: 'fw' },
    { kind: 'attach', vf: 'eth5', container: 'fw', name: 'eth0' },
    { kind: 'configure', vf: 'enP1p1s0f0:1', queryRss: true, spoofchk: false, maxTxRate: 500 },
    { kind: 'configure', vf: 'enP1p1s0f0:2', driver: 'vfio-pci' },
    { kind: 'configure', vf: 'enP1p1s0f0:2', driver: 'ixgbevf' },
    { kind: 'detach', vf: 'enP1p1s0f0:2' },
  ],
});
