import type { Container } from '../model/container';
import type { Holder, PciAddress, PhysicalFunction, VirtualFunction } from '../model/functions';
import { isForPrograms } from '../model/programDrivers';
import type { FunctionUser } from '../model/userspace/vfio';
import { settingsOf, toldOf } from '../model/vfAttributes/table';
import { addressesOf, isUp, pciOf } from './devices';
import type { SwitchPort } from './eswitch/devlink';
import type { IpDevice } from './ipJson';
import type { Namespace } from './namespaces';
import { representedBy, representorOf } from './eswitch/ports';
import { netdevFile, number, type PciFacts } from './sysfs';
import { matesOf } from './userspace/vfio';
import { vfCapacity } from './vfCapacity';

/** Everything about the host that is needed to describe one function. */
export interface Surroundings {
  hostDevices: IpDevice[];
  namespaces: Namespace[];
  containers: Container[];
  /** Interface name → why it must not be interrupted. */
  protectedLinks: Map<string, string[]>;
  models: Map<PciAddress, string>;
  eswitchModes: Map<PciAddress, string>;
  ports: SwitchPort[];
  /** VFIO group → who has it open. */
  users: Map<number, FunctionUser[]>;
  uverbs: Map<string, string>;
}

export function physicalFunction(pci: PciAddress, facts: PciFacts, around: Surroundings): PhysicalFunction {
  const { device, others, holder } = locate(pci, facts.links.get('driver') ?? null, around);
  const representors = around.hostDevices.filter((other) => representedBy(other)?.pf === pci);
  const count = [...facts.links.keys()].filter((link) => /^virtfn\d+$/.test(link)).length;
  const vfs = Array.from({ length: count }, (_, index) => virtualFunction(index, pci, facts, device, around));
  const carrier = device?.flags.includes('LOWER_UP') ?? null;
  const speed = device && netdevFile(facts, device.ifname, 'speed');
  return {
    pci,
    name: device?.ifname ?? null,
    ...otherPorts(others),
    ...(device?.link_type === 'infiniband' ? { linkType: device.link_type } : {}),
    ...(device?.permaddr === undefined ? {} : { permanentMac: device.permaddr }),
    driver: facts.links.get('driver') ?? null,
    vendorId: facts.files.get('vendor') ?? null,
    deviceId: facts.files.get('device') ?? null,
    model: around.models.get(pci) ?? null,
    numaNode: number(facts, 'numa_node'),
    iommuGroup: toNumber(facts.links.get('iommu_group')),
    mac: device?.address ?? null,
    mtu: device?.mtu ?? null,
    up: device ? isUp(device) : null,
    carrier,
    speedMbps: carrier && speed && /^\d+$/.test(speed) ? Number(speed) : null,
    numVfs: number(facts, 'sriov_numvfs'),
    totalVfs: number(facts, 'sriov_totalvfs'),
    driversAutoprobe: { '0': false, '1': true }[facts.files.get('sriov_drivers_autoprobe') ?? ''] ?? null,
    eswitchMode: around.eswitchModes.get(pci) ?? null,
    linkSpeed: { current: pcieLink(facts, 'current'), max: pcieLink(facts, 'max') },
    room: vfCapacity(facts),
    protectedBecause: [
      ...(holder.kind === 'host' ? protectedBecause(device, others, around) : []),
      ...representors.flatMap(({ ifname }) =>
        (around.protectedLinks.get(ifname) ?? []).map((why) => `its representor ${ifname}: ${why}`),
      ),
      ...vfs.flatMap((vf) => vf.protectedBecause.map((why) => `its VF ${vf.index} (${vf.name}): ${why}`)),
    ],
    holder,
    vfs,
  };
}

function virtualFunction(
  index: number,
  pf: PciAddress,
  facts: PciFacts,
  pfDevice: IpDevice | undefined,
  around: Surroundings,
): VirtualFunction {
  const pci = facts.links.get(`virtfn${index}`) ?? '';
  const driver = facts.links.get(`virtfn${index}/driver`) ?? null;
  const { device, others, holder } = locate(pci, driver, around);
  const onHost = holder.kind === 'host';
  const iommuGroup = toNumber(facts.links.get(`virtfn${index}/iommu_group`));
  const groupMates = matesOf(`virtfn${index}`, pci, facts);
  const users = isForPrograms(driver) && iommuGroup !== null ? around.users.get(iommuGroup) : undefined;
  const uverbs = around.uverbs.get(`${pf} ${index}`);
  const representor = pfDevice && representorOf(around.hostDevices, pfDevice, index);
  const settings = settingsOf(
    pfDevice?.vfinfo_list.find((vf) => vf.vf === index),
    pfDevice?.link_type,
  );
  return {
    pci,
    index,
    name: device?.ifname ?? null,
    ...otherPorts(others),
    ...(representor ? { representor: representor.ifname } : {}),
    driver,
    mac: device?.address ?? null,
    mtu: device?.mtu ?? null,
    up: device ? isUp(device) : null,
    altnames: device?.altnames ?? [],
    addresses: device ? addressesOf(device) : [],
    master: (onHost && device?.master) || null,
    iommuGroup,
    numaNode: number(facts, `virtfn${index}/numa_node`),
    ...(groupMates.length > 0 ? { groupMates } : {}),
    ...(users ? { users } : {}),
    ...(uverbs === undefined ? {} : { uverbs }),
    protectedBecause: onHost ? protectedBecause(device, others, around) : [],
    holder,
    ...settings,
    // Past some two hundred VFs the kernel's list of them no longer fits (64 KiB).
    adminMac:
      settings.adminMac ?? around.ports.find((port) => port.pf === pf && port.vf === index)?.mac ?? null,
    ...toldOf(index, facts.files, settings.vlan),
  };
}

const otherPorts = (others: IpDevice[]): { otherPorts?: string[] } =>
  others.length > 0 ? { otherPorts: others.map(({ ifname }) => ifname) } : {};

/** What depends on any of a function's network devices: they all leave with it. */
const protectedBecause = (
  device: IpDevice | undefined,
  others: IpDevice[],
  { protectedLinks }: Surroundings,
): string[] => [
  ...((device && protectedLinks.get(device.ifname)) ?? []),
  ...others.flatMap(({ ifname }) =>
    (protectedLinks.get(ifname) ?? []).map((why) => `its port ${ifname}: ${why}`),
  ),
];

/**
 * Finds a function's network device by its PCI address, on the host or in any namespace, and says who has it. `others`: where the
 * ports of a card are one function, each has a device, and the first one names the function.
 */
function locate(
  pci: PciAddress,
  driver: string | null,
  { hostDevices, namespaces, containers }: Surroundings,
): { device: IpDevice | undefined; others: IpDevice[]; holder: Holder } {
  const holder = (kind: Holder['kind'], more: Partial<Holder> = {}): Holder => ({
    ...{ kind, containerId: null, netnsInode: null, name: null },
    ...more,
  });
  const [onHost, ...others] = hostDevices
    .filter((device) => pciOf(device) === pci)
    .sort((a, b) => a.ifindex - b.ifindex);
  if (onHost) return { device: onHost, others, holder: holder('host') };
  for (const { inode, devices } of namespaces) {
    const device = devices.find((other) => pciOf(other) === pci);
    if (!device) continue;
    const owner = ownerOf(inode, containers);
    if (owner && owner.engine !== 'netns')
      return {
        ...{ device, others },
        holder: holder('container', { containerId: owner.id, netnsInode: inode, name: owner.name }),
      };
    return { device, others, holder: holder('netns', { netnsInode: inode, name: owner?.name ?? null }) };
  }
  return { device: undefined, others, holder: holder(isForPrograms(driver) ? 'vfio' : 'none') };
}

/** Of the containers that share a namespace, the one that created it; a named namespace only if there is no container. */
function ownerOf(inode: number, containers: Container[]): Container | undefined {
  const sharing = containers.filter((container) => container.netnsInode === inode);
  const made = sharing.find((c) => c.engine !== 'netns' && !c.networkMode?.startsWith('container:'));
  return made ?? sharing.find((container) => container.engine !== 'netns') ?? sharing[0];
}

function pcieLink(facts: PciFacts, which: 'current' | 'max'): string | null {
  const speed = facts.files.get(`${which}_link_speed`);
  const width = facts.files.get(`${which}_link_width`);
  return speed ? `${speed}${width ? ` x${width}` : ''}` : null;
}

const toNumber = (text: string | undefined): number | null =>
  text && /^\d+$/.test(text) ? Number(text) : null;
