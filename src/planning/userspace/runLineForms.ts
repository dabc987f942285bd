import type { VirtualFunction } from '../../model/functions';
import { quote } from '../../model/quote';

/** A container with VFs, whatever runs it. */
export interface Container {
  image: string;
  vfs: VirtualFunction[];
  inMemory: boolean;
  capabilities: string[];
  /** It needs no network but its VFs. */
  alone: boolean;
  /** Where it is to run and have its memory. */
  near?: { node: number; cpus: string };
}

/** What images made for Kubernetes read. */
const variable = 'PCIDEVICE_SRIOV_WORKBENCH_VF';
const addresses = ({ vfs }: Container): string => vfs.map(({ pci }) => pci).join(',');
const mount = '/dev/hugepages:/dev/hugepages';

/** The device files; `group` says how the file of a VF's group is called. */
function deviceFiles(
  { vfs }: Container,
  onVfio: VirtualFunction[],
  group: (vf: VirtualFunction) => string,
): string[] {
  const groups = [...new Map(onVfio.map((vf) => [vf.iommuGroup, vf])).values()];
  const verbs = vfs.flatMap(({ uverbs }) => (uverbs === undefined ? [] : [`/dev/infiniband/${uverbs}`]));
  return [...(groups.length > 0 ? ['/dev/vfio/vfio', ...groups.map(group)] : []), ...verbs];
}

const groupNow = ({ iommuGroup }: VirtualFunction): string => `/dev/vfio/${iommuGroup}`;

/** The number of a group may be another one after a boot, so a shell finds it out. */
const groupThen = ({ pci }: VirtualFunction): string =>
  `/dev/vfio/"$(basename "$(readlink /sys/bus/pci/devices/${pci}/iommu_group)")"`;

/** A line for a shell. `byCdi`: the devices come by a CDI file. */
export function asLine(
  engine: 'docker' | 'podman',
  container: Container,
  onVfio: VirtualFunction[],
  byCdi = false,
): string {
  const { image, inMemory, capabilities, alone, near } = container;
  const parts = [
    `${engine} run --rm -it${alone ? ' --network none' : ''}`,
    ...(byCdi
      ? [`--device ${cdiName(container)}`]
      : deviceFiles(container, onVfio, groupThen).map((file) => `--device ${file}`)),
    [...capabilities.map((one) => `--cap-add ${one}`), '--ulimit memlock=-1:-1'].join(' '),
    ...(inMemory || byCdi ? [] : [`-v ${mount}`]),
    ...(near ? [`--cpuset-cpus ${near.cpus} --cpuset-mems ${near.node}`] : []),
    ...(byCdi ? [] : [`-e ${variable}=${addresses(container)}`]),
    quote(image),
  ];
  return parts.join(byCdi ? ' ' : ' \\\n  ');
}

export function asCompose(container: Container, onVfio: VirtualFunction[]): string {
  const { image, inMemory, capabilities, alone, near } = container;
  const list = (name: string, all: string[]) => [`    ${name}:`, ...all.map((one) => `      - ${one}`)];
  return [
    ...['services:', '  dpdk:', `    image: ${JSON.stringify(image)}`],
    ...(alone ? ['    network_mode: none'] : []),
    ...list('devices', deviceFiles(container, onVfio, groupNow)),
    ...list('cap_add', capabilities),
    ...['    ulimits:', '      memlock: -1'],
    ...(inMemory ? [] : list('volumes', [mount])),
    ...(near ? [`    cpuset: ${JSON.stringify(near.cpus)}`] : []),
    ...['    environment:', `      ${variable}: ${JSON.stringify(addresses(container))}`],
  ].join('\n');
}

export function asQuadlet(container: Container, onVfio: VirtualFunction[]): string {
  const { image, inMemory, capabilities, alone, near } = container;
  return [
    ...['[Container]', `Image=${image}`],
    ...(alone ? ['Network=none'] : []),
    ...deviceFiles(container, onVfio, groupNow).map((file) => `AddDevice=${file}`),
    ...[`AddCapability=${capabilities.join(' ')}`, 'Ulimit=memlock=-1:-1'],
    ...(inMemory ? [] : [`Volume=${mount}`]),
    ...(near ? [`PodmanArgs=--cpuset-cpus ${near.cpus} --cpuset-mems ${near.node}`] : []),
    `Environment=${variable}=${addresses(container)}`,
  ].join('\n');
}

const kind = 'sriov-workbench.local/dpdk';
const deviceName = ({ vfs }: Container): string => vfs.map(({ pci }) => pci.replaceAll(':', '-')).join('_');
const cdiName = (container: Container): string => `${kind}=${deviceName(container)}`;

/** A file for /etc/cdi, by the lowest version that says it. */
export function asCdi(container: Container, onVfio: VirtualFunction[]): string {
  const containerEdits = {
    deviceNodes: deviceFiles(container, onVfio, groupNow).map((path) => ({ path })),
    env: [`${variable}=${addresses(container)}`],
    ...(container.inMemory
      ? {}
      : {
          mounts: [{ hostPath: '/dev/hugepages', containerPath: '/dev/hugepages', options: ['rw', 'bind'] }],
        }),
  };
  const devices = [{ name: deviceName(container), containerEdits }];
  return JSON.stringify({ cdiVersion: '0.3.0', kind, devices }, null, 2);
}
