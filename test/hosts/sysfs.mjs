/**
 * What sysfs has of a recorded host's adapters: lines of `grep -Hs ''` over files and of `stat -c %N` over links, both below the
 * folder of each PF.
 *
 * @param {import('./record.mjs').RecordedHost} host
 */
export function sysfsOf({ pfs, devices }) {
  const files = pfs.flatMap((pf) => {
    const [vendor, device, vfDevice] = pf.ids.split(':');
    const [speed, width] = pf.link?.split('|') ?? [];
    const list = {
      vendor: `0x${vendor}`,
      device: `0x${device}`,
      sriov_vf_device: vfDevice,
      numa_node: pf.numa ?? -1,
      sriov_totalvfs: pf.total,
      sriov_numvfs: pf.vfs.length,
      sriov_drivers_autoprobe: 1,
      sriov_offset: pf.offset,
      sriov_stride: pf.stride ?? 1,
      current_link_speed: speed,
      current_link_width: width,
      max_link_speed: speed,
      max_link_width: width,
      ...Object.fromEntries(pf.vfs.map((_, index) => [`virtfn${index}/numa_node`, pf.numa ?? -1])),
      ...Object.fromEntries(devices.filter(({ parentdev }) => parentdev === pf.pci).flatMap(netdev)),
      ...Object.fromEntries(
        pf.vfs.flatMap(({ pci }, index) =>
          devices
            .filter(({ parentdev }) => parentdev === pci)
            .map(({ ifname, flags }) => [`virtfn${index}/net/${ifname}/flags`, hexFlags(flags)]),
        ),
      ),
      ...pf.files,
    };
    return Object.entries(list).flatMap(([file, value]) =>
      value === undefined ? [] : [`${folder(pf.pci)}/${file}:${value}`],
    );
  });
  const links = pfs.flatMap((pf) => {
    const below = folder(pf.pci);
    return [
      `${below}/driver -> ../../../bus/pci/drivers/${pf.driver}`,
      ...group(below, pf.group),
      ...pf.vfs.flatMap((vf, index) => [
        `${below}/virtfn${index} -> ../${vf.pci}`,
        ...(vf.driver ? [`${below}/virtfn${index}/driver -> ../../../bus/pci/drivers/${vf.driver}`] : []),
        ...group(`${below}/virtfn${index}`, vf.group),
      ]),
    ];
  });
  return { files, links };
}

/** @param {string} pci */
export const folder = (pci) => `/sys/bus/pci/devices/${pci}`;

/**
 * @param {import('./record.mjs').IpDevice} device
 * @returns {[string, unknown][]}
 */
const netdev = ({ ifname, flags, speed, phys_port_name: port }) => [
  [`net/${ifname}/flags`, hexFlags(flags)],
  [`net/${ifname}/carrier`, flags.includes('LOWER_UP') ? 1 : 0],
  [`net/${ifname}/phys_port_name`, port],
  [`net/${ifname}/speed`, speed ?? (flags.includes('LOWER_UP') ? 25000 : -1)],
];

/** @param {string[]} flags */
const hexFlags = (flags) => (flags.includes('UP') ? '0x1003' : '0x1002');

/**
 * @param {string} below
 * @param {number | undefined} number
 */
const group = (below, number) =>
  number === undefined ? [] : [`${below}/iommu_group -> ../../../../kernel/iommu_groups/${number}`];
