import { sysfsOf } from './sysfs.mjs';

/** Every recorded host's own network namespace. */
export const hostNetns = 4026531840;
const loopback = {
  ...{ ifindex: 1, ifname: 'lo', flags: ['LOOPBACK', 'UP', 'LOWER_UP'], mtu: 65536, link_type: 'loopback' },
  ...{ address: '00:00:00:00:00:00', broadcast: '00:00:00:00:00:00' },
  addr_info: [{ family: 'inet', local: '127.0.0.1', prefixlen: 8, scope: 'host', label: 'lo' }],
};

/**
 * What `probe/` prints on a recorded host, run as root: `[section, text]`, in its order.
 *
 * @param {import('./record.mjs').RecordedHost} host
 * @returns {[string, string][]}
 */
export function probeAnswer(host) {
  const { files, links } = sysfsOf(host);
  const { containers = [], namespaces = [] } = host;
  const named = namespaces.filter(({ path }) => path.startsWith('/run/netns/'));
  return [
    ['login', lines('0', 'root')],
    ['groups', lines('root', 'root')],
    ['ssh', lines(host.connection ?? '')],
    ['uname', lines('Linux', host.hostname, host.kernel)],
    [
      'os-release',
      lines(`ID=${host.os.id}`, `VERSION_ID="${host.os.version}"`, `PRETTY_NAME="${host.os.name}"`),
    ],
    ['virtualization', lines('none')],
    ['boot-id', lines('0d5ad6a6-6f2c-4f0e-9a80-5e2f5f0c8b11')],
    ['dhcp-client', lines('dhclient')],
    ['netns-self', lines(hostNetns)],
    ['sysfs', lines(...files)],
    ['links', lines(...links)],
    [
      'udev',
      lines(
        ...host.pfs.map(({ pci, model }) => `/run/udev/data/+pci:${pci}:E:ID_MODEL_FROM_DATABASE=${model}`),
      ),
    ],
    ['eswitch', lines(...host.pfs.flatMap(eswitch))],
    ...(host.pfs.some((pf) => pf.eswitch === 'switchdev') ? [section('ports', ports(host))] : []),
    ['ip-version', lines(`ip utility, iproute2-${host.iproute2 ?? '6.1.0'}, libbpf 1.1.0`)],
    ['host-devices', ipBatch(host.devices, host.routes)],
    ['named-namespaces', named.map(({ inode, path }) => `4 4 ${inode} ${path}\0`).join('')],
    [
      'process-namespaces',
      lines(
        `${hostNetns} /proc/1/ns/net`,
        ...containers
          .filter(({ pid }) => pid > 0)
          .map(({ pid, netns }) => `${netns ?? hostNetns} /proc/${pid}/ns/net`),
      ),
    ],
    ...namespaces.map(({ inode, path, devices, routes }) =>
      section(`namespace ${inode} ${path}`, addrBatch(devices, routes)),
    ),
    ['engine docker', lines('ok')],
    ['containers docker', lines(...containers.map(asInspected))],
    ['engine podman', lines('absent')],
    ['end', ''],
  ];
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {[string, string]}
 */
const section = (name, text) => [name, text];

/** @param {(string | number)[]} all */
export const lines = (...all) => all.map((line) => `${line}\n`).join('');

/** @param {import('./record.mjs').RecordedPf} pf */
const eswitch = ({ pci, eswitch: mode }) =>
  mode === undefined
    ? []
    : [JSON.stringify({ dev: { [`pci/${pci}`]: { mode, 'inline-mode': 'none', 'encap-mode': 'basic' } } })];

/** @param {import('./record.mjs').RecordedHost} host */
const ports = ({ ports: all = {} }) =>
  lines(
    JSON.stringify({
      port: Object.fromEntries(Object.entries(all).map(([handle, port]) => [`pci/${handle}`, port])),
    }),
  );

/**
 * `ip -j -d -b -`: `link show`, `addr show` and the routes. Addresses are with the latter, VFs with the former.
 *
 * @param {import('./record.mjs').IpDevice[]} devices
 * @param {object[]} [routes]
 */
const ipBatch = (devices, routes) =>
  JSON.stringify(
    [loopback, ...devices].map((device) => ({ ...device, addr_info: undefined, speed: undefined })),
  ) + `\n${addrBatch(devices, routes)}`;

/**
 * @param {import('./record.mjs').IpDevice[]} devices
 * @param {object[]} [routes]
 */
const addrBatch = (devices, routes = []) =>
  lines(
    JSON.stringify(
      [loopback, ...devices].map((device) => ({ ...device, vfinfo_list: undefined, speed: undefined })),
    ),
    JSON.stringify(routes),
    '[]',
  );

/** @param {import('./record.mjs').RecordedContainer} container */
const asInspected = ({ netns: _, name, labels = {}, ...rest }) =>
  JSON.stringify({ ...rest, name: `/${name}`, ...labels });
