import { management, reached } from '../common.mjs';
import { compose, container, nic, pciAfter, recorded, times, vfInfo } from '../record.mjs';

const ports = 4;
/** @param {number} port */
const pf = (port) => `0000:${(0x17 + port * 32).toString(16)}:00.0`;
/** @param {number} port @param {number} index */
const vfPci = (port, index) => pciAfter(pf(port).replace('00.0', '01.0'), index);
/** @param {number} port @param {number} index */
const mac = (port, index) => `02:00:5e:0${port}:10:${index.toString(16).padStart(2, '0')}`;
/** @param {number} index */
const inode = (index) => 4026533000 + index;
/** The VF that a container has: of each port in turn. @param {number} index */
const vfOf = (index) => ({ port: index % ports, vf: Math.floor(index / ports) });
const says = { spoofchk: true, link_state: 'auto', trust: false };

/**
 * @param {number} perPort VFs on each of four ports
 * @param {number} containers each has one VF
 */
export const bigHost = (perPort, containers) =>
  recorded({
    about: `${ports * perPort} VFs on ${ports} ports, ${containers} containers with one each: made, to see what size costs`,
    sources: ['made up, in the shape of the host e810'],
    hostname: 'big',
    kernel: '6.8.0-60-generic',
    os: { id: 'ubuntu', version: '24.04', name: 'Ubuntu 24.04.2 LTS' },
    ...reached,
    pfs: times(ports, (port) => ({
      ...{ pci: pf(port), ids: '8086:1592:1889', model: 'Ethernet Controller E810-C for QSFP' },
      ...{
        driver: 'ice',
        total: perPort,
        offset: 8,
        link: '16.0 GT/s PCIe|16',
        numa: port >> 1,
        group: port,
      },
      ...{ module: 'iavf', eswitch: /** @type {'legacy'} */ ('legacy') },
      vfs: times(perPort, (index) => ({
        ...{ pci: vfPci(port, index), driver: 'iavf', group: 10 + port * perPort + index },
      })),
    })),
    devices: [
      management,
      ...times(ports, (port) =>
        nic(
          3 + port,
          `ens${port + 1}f0`,
          { pci: pf(port), mac: `02:00:5e:0${port}:00:00` },
          {
            vfinfo_list: times(perPort, (index) => vfInfo(index, mac(port, index), says)),
          },
        ),
      ),
      ...times(ports, (port) =>
        times(perPort, (index) => index)
          // The others are in containers.
          .filter((index) => index * ports + port >= containers)
          .map((index) =>
            nic(
              100 + port * perPort + index,
              `ens${port + 1}f0v${index}`,
              {
                ...{ pci: vfPci(port, index), mac: mac(port, index), up: false },
              },
              { altnames: [`enp${0x17 + port * 32}s0f0v${index}`] },
            ),
          ),
      ).flat(),
    ],
    namespaces: times(containers, (index) => {
      const { port, vf } = vfOf(index);
      return {
        ...{ inode: inode(index), path: `/proc/${10000 + index}/ns/net` },
        devices: [
          nic(2, 'eth0', {
            mac: `02:42:ac:11:00:${(index & 255).toString(16).padStart(2, '0')}`,
            addresses: ['172.17.0.2/16'],
          }),
          nic(100 + port * perPort + vf, 'net1', {
            ...{ pci: vfPci(port, vf), mac: mac(port, vf), addresses: [`198.51.100.${index + 1}/24`] },
          }),
        ],
        routes: [{ dst: 'default', gateway: '172.17.0.1', dev: 'eth0', flags: [] }],
      };
    }),
    containers: times(containers, (index) =>
      container(`app-${index}`, {
        ...{ pid: 10000 + index, netns: inode(index), networkMode: 'bridge' },
        // Three quarters of them are of eight projects.
        ...(index % 4 === 3
          ? {}
          : { labels: compose(`site-${index % 8}`, `worker-${Math.floor(index / 8)}`) }),
      }),
    ),
    asks: [
      { kind: 'attach', vf: `ens1f0:${perPort - 1}`, container: 'app-7' },
      { kind: 'detach', vf: 'ens4f0:10' },
    ],
  });

export default bigHost(128, 200);
