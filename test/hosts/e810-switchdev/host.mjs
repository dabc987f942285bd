import { management, reached } from '../common.mjs';
import { container, nic, pciAfter, recorded, times, vfInfo } from '../record.mjs';

const pf = '0000:08:00.0';
/** @param {number} index */
const vfPci = (index) => pciAfter('0000:08:01.0', index);
/** @param {number} index */
const mac = (index) => `02:00:5e:00:08:1${index}`;
/** @param {number} index */
const representor = (index) => `enp8s0f0npf0vf${index}`;
const says = { spoofchk: true, link_state: 'enable', trust: false };
const phys_switch_id = '68dd18b7a640ffff';

/** The ports of the VFs are made beside each other: their numbers are in another order. */
const vfPorts = { 2: 0, 3: 3, 4: 1, 5: 2 };

export default recorded({
  about:
    'E810 (ice) in switchdev mode: the port of VF 3 comes before that of VF 1; the second port has no VFs',
  sources: [
    'a message to netdev and intel-wired-lan of 8 Feb 2024, "ice: Add get/set hw address for VFs using devlink commands": devlink ports, and `ip link` of the PF with link-state enable',
    'net/devlink/port.c (devlink_port_phys_port_name_get): what the ports are called',
  ],
  hostname: 'e810-switchdev',
  kernel: '6.12.41+deb13-amd64',
  os: { id: 'debian', version: '13', name: 'Debian GNU/Linux 13 (trixie)' },
  iproute2: '6.15.0',
  ...reached,
  pfs: times(2, (port) => ({
    ...{ pci: `0000:08:00.${port}`, ids: '8086:1592:1889', model: 'Ethernet Controller E810-C for QSFP' },
    ...{ driver: 'ice', total: 128, offset: 8, link: '16.0 GT/s PCIe|16', numa: 0, group: 40 + port },
    ...{
      module: 'iavf',
      eswitch: port === 0 ? /** @type {const} */ ('switchdev') : /** @type {const} */ ('legacy'),
    },
    vfs: port === 1 ? [] : times(4, (index) => ({ pci: vfPci(index), driver: 'iavf', group: 50 + index })),
  })),
  ports: {
    [`${pf}/0`]: {
      ...{ type: 'eth', netdev: 'enp8s0f0np0', flavour: 'physical', port: 0, splittable: true, lanes: 8 },
    },
    ...Object.fromEntries(
      Object.entries(vfPorts).map(([number, vfnum]) => [
        `${pf}/${number}`,
        {
          ...{ type: 'eth', netdev: representor(vfnum), flavour: 'pcivf', controller: 0, pfnum: 0, vfnum },
          ...{ external: false, splittable: false, function: { hw_addr: mac(vfnum) } },
        },
      ]),
    ),
    '0000:08:00.1/0': {
      ...{ type: 'eth', netdev: 'enp8s0f1np1', flavour: 'physical', port: 1, splittable: false },
    },
  },
  devices: [
    management,
    nic(
      12,
      'enp8s0f0np0',
      { pci: pf, mac: '02:00:5e:00:08:00' },
      {
        ...{ phys_port_name: 'p0', phys_switch_id, speed: 100000 },
        vfinfo_list: times(4, (index) => vfInfo(index, mac(index), says)),
      },
    ),
    nic(13, 'enp8s0f1np1', { pci: '0000:08:00.1', mac: '02:00:5e:00:08:01' }, { phys_port_name: 'p1' }),
    ...times(4, (index) =>
      nic(
        14 + index,
        representor(index),
        { pci: pf, mac: `02:00:5e:00:08:a${index}`, up: false },
        { phys_port_name: `pf0vf${index}`, phys_switch_id, speed: '' },
      ),
    ),
    ...times(4, (index) =>
      nic(20 + index, `enp8s0f0v${index}`, { pci: vfPci(index), mac: mac(index), up: false }),
    ),
  ],
  namespaces: [{ inode: 4026532951, path: '/proc/5601/ns/net', devices: [] }],
  containers: [container('fw', { pid: 5601, netns: 4026532951 })],
  asks: [
    { kind: 'set-vfs', pf: 'enp8s0f0np0', count: 8 },
    { kind: 'attach', vf: 'enp8s0f0v1', container: 'fw' },
    { kind: 'attach', vf: 'enp8s0f0npf0vf1', container: 'fw' },
    { kind: 'configure', vf: 'enp8s0f0np0:2', mac: '02:00:5e:00:08:77' },
    { kind: 'configure', vf: 'enp8s0f0np0:2', trust: true },
    { kind: 'detach', vf: 'enp8s0f0np0:2' },
  ],
});
