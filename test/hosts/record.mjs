/**
 * A host as a recording has it: the facts, in the words of the tools that tell them. `probe.mjs` and `evidence.mjs` render from it
 * what the product's programs print there.
 *
 * @typedef {object} RecordedHost
 * @property {string} about what it is recorded for
 * @property {string[]} sources where each part is from; MACs, serial numbers and host names are replaced
 * @property {string} hostname
 * @property {string} kernel
 * @property {{ id: string, version: string, name: string }} os
 * @property {string} [iproute2] its version; 6.1.0 where nothing is said
 * @property {string} [cmdline]
 * @property {RecordedPf[]} pfs
 * @property {Record<string, object>} [ports] what devlink tells of each port, by `PCI/NUMBER`
 * @property {IpDevice[]} devices of the host's own namespace, beside the loopback
 * @property {object[]} [routes] of IPv4
 * @property {RecordedNamespace[]} [namespaces]
 * @property {RecordedContainer[]} [containers]
 * @property {string[]} [log] lines of the kernel log
 * @property {string} [connection] `PEER PORT OWN PORT`, as sshd says it
 * @property {object[]} [asks] changes whose plans are compared with `plans.txt`
 *
 * @typedef {object} RecordedPf
 * @property {string} pci
 * @property {string} ids `VENDOR:DEVICE:DEVICE-OF-VFS`
 * @property {string} model what udev calls it
 * @property {string} driver
 * @property {number} total
 * @property {number} [offset]
 * @property {number} [stride]
 * @property {string} [link] `SPEED|WIDTH`
 * @property {number} [numa]
 * @property {number} [group]
 * @property {string} [module] that drives its VFs; none is installed where it is empty
 * @property {'legacy' | 'switchdev'} [eswitch] what devlink says; absent where the driver has no such thing
 * @property {Record<string, string>} [files] more files of its folder in sysfs
 * @property {RecordedVf[]} vfs
 *
 * @typedef {{ pci: string, driver: string | null, group?: number }} RecordedVf
 * @typedef {{ inode: number, path: string, devices: IpDevice[], routes?: object[] }} RecordedNamespace
 * @typedef {{ id: string, name: string, image: string, state: string, pid: number, networkMode: string, netns?: number, labels?: Record<string, string> }} RecordedContainer
 * @typedef {Record<string, unknown> & { ifindex: number, ifname: string, flags: string[], addr_info: object[] }} IpDevice
 */

/** @param {RecordedHost} host */
export const recorded = (host) => host;

/**
 * A network device as `ip -j -d link` prints it. `more` has whatever else it says, in iproute2's words.
 *
 * @param {number} index
 * @param {string} name
 * @param {{ pci?: string, mac: string, up?: boolean, carrier?: boolean, mtu?: number, addresses?: string[] }} facts
 * @param {Record<string, unknown>} [more]
 * @returns {IpDevice}
 */
export function nic(index, name, facts, more = {}) {
  const { pci, mac, up = true, carrier = up, mtu = 1500, addresses = [] } = facts;
  return {
    ifindex: index,
    ifname: name,
    flags: ['BROADCAST', 'MULTICAST', ...(up ? ['UP'] : []), ...(carrier ? ['LOWER_UP'] : [])],
    mtu,
    qdisc: up ? 'mq' : 'noop',
    operstate: carrier ? 'UP' : 'DOWN',
    linkmode: 'DEFAULT',
    group: 'default',
    txqlen: 1000,
    link_type: 'ether',
    address: mac,
    broadcast: 'ff:ff:ff:ff:ff:ff',
    promiscuity: 0,
    inet6_addr_gen_mode: 'none',
    ...(pci ? { parentbus: 'pci', parentdev: pci } : {}),
    ...more,
    addr_info: addresses.map((address) => {
      const [local = '', length] = address.split('/');
      return {
        family: local.includes(':') ? 'inet6' : 'inet',
        local,
        prefixlen: Number(length),
        scope: 'global',
        label: name,
      };
    }),
  };
}

/**
 * One VF in a PF's `vfinfo_list`, as iproute2 prints what a driver says of it: a driver that has no spoof check, trust or RSS query
 * leaves them out.
 *
 * @param {number} index
 * @param {string} mac
 * @param {Record<string, unknown>} [says] `spoofchk`, `link_state`, `trust`, `query_rss_en`, `vlan_list`, `rate` …
 */
export const vfInfo = (index, mac, says = {}) => ({
  vf: index,
  link_type: 'ether',
  address: mac,
  broadcast: 'ff:ff:ff:ff:ff:ff',
  vlan_list: [{}],
  rate: { max_tx: 0, min_tx: 0 },
  ...says,
});

/**
 * `0000:3b:00.2` and seven more: the addresses that follow one, function by function.
 *
 * @param {string} first
 * @param {number} index
 */
export function pciAfter(first, index) {
  const [, domain = '', bus = '', slot = '', fn = ''] =
    /^([0-9a-f]+):([0-9a-f]+):([0-9a-f]+)\.([0-7])$/.exec(first) ?? [];
  const at = parseInt(bus, 16) * 256 + parseInt(slot, 16) * 8 + Number(fn) + index;
  const hex = (/** @type {number} */ value) => value.toString(16).padStart(2, '0');
  return `${domain}:${hex(at >> 8)}:${hex((at >> 3) & 31)}.${at & 7}`;
}

/**
 * @template T
 * @param {number} count
 * @param {(index: number) => T} make
 */
export const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/**
 * A container as an engine lists it; its id is made of its name.
 *
 * @param {string} name
 * @param {Partial<RecordedContainer>} more
 * @returns {RecordedContainer}
 */
export const container = (name, more) => ({
  ...{ id: Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64), name, image: 'alpine' },
  ...{ state: 'running', pid: 0, networkMode: 'none' },
  ...more,
});

/**
 * The labels that `docker compose` gives to a container of a service.
 *
 * @param {string} project
 * @param {string} service
 */
export const compose = (project, service) => ({
  'com.docker.compose.project': project,
  'com.docker.compose.service': service,
});
