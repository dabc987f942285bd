import { management, reached } from '../common.mjs';
import { container, nic, pciAfter, recorded, times, vfInfo } from '../record.mjs';

/** @param {number} index */
const vfPci = (index) => pciAfter('0000:31:02.0', index);

export default recorded({
  about: 'BCM57414 (bnxt_en): the first port is down and has no VFs, the second has two',
  sources: [
    'github.com/systemd/systemd/issues/40739: bnxt_en creates no VFs while the PF is down ("Reject SRIOV config request since if is down!")',
    'a note on DPDK: NetXtreme-E at 0000:31:00.0 and .1, ens…f0np0 and …f1np1, bnxt_en',
    'drivers/net/ethernet/broadcom/bnxt/bnxt_sriov.c (bnxt_get_vf_config): which settings the driver tells',
  ],
  hostname: 'bnxt',
  kernel: '6.12.41+deb13-amd64',
  os: { id: 'debian', version: '13', name: 'Debian GNU/Linux 13 (trixie)' },
  iproute2: '6.15.0',
  ...reached,
  pfs: times(2, (port) => ({
    ...{ pci: `0000:31:00.${port}`, ids: '14e4:16d7:16dc' },
    model: 'BCM57414 NetXtreme-E 10Gb/25Gb RDMA Ethernet Controller',
    ...{
      driver: 'bnxt_en',
      total: 128,
      offset: 16 + port,
      link: '8.0 GT/s PCIe|8',
      numa: 0,
      group: 50 + port,
    },
    ...{ module: 'bnxt_en', eswitch: /** @type {'legacy'} */ ('legacy') },
    vfs: port === 0 ? [] : times(2, (index) => ({ pci: vfPci(index), driver: 'bnxt_en', group: 60 + index })),
  })),
  devices: [
    management,
    nic(
      3,
      'ens1f0np0',
      { pci: '0000:31:00.0', mac: '02:00:5e:00:31:00', up: false },
      { phys_port_name: 'p0' },
    ),
    nic(
      4,
      'ens1f1np1',
      { pci: '0000:31:00.1', mac: '02:00:5e:00:31:01' },
      {
        phys_port_name: 'p1',
        vfinfo_list: [
          vfInfo(0, '00:00:00:00:00:00', { spoofchk: false, link_state: 'enable', trust: true }),
          vfInfo(1, '02:00:5e:00:31:11', {
            ...{ spoofchk: false, link_state: 'auto', trust: false, rate: { max_tx: 10000, min_tx: 1000 } },
          }),
        ],
      },
    ),
    ...times(2, (index) =>
      nic(
        7 + index,
        `ens1f1v${index}`,
        { pci: vfPci(index), mac: `02:00:5e:00:31:1${index}`, up: false },
        {
          altnames: [`enp49s0f1v${index}`],
        },
      ),
    ),
  ],
  log: ['bnxt_en 0000:31:00.0 ens1f0np0: Reject SRIOV config request since if is down!'],
  namespaces: [{ inode: 4026532921, path: '/proc/5301/ns/net', devices: [] }],
  containers: [container('fw', { pid: 5301, netns: 4026532921 })],
  asks: [
    { kind: 'set-vfs', pf: 'ens1f0np0', count: 4 },
    { kind: 'set-vfs', pf: 'ens1f1np1', count: 4 },
    { kind: 'attach', vf: 'enp49s0f1v0', container: 'fw' },
    {
      kind: 'configure',
      vf: 'ens1f1np1:0',
      linkState: 'auto',
      trust: false,
      minTxRate: 100,
      maxTxRate: 5000,
    },
    { kind: 'detach', vf: 'ens1f1np1:0' },
  ],
});
