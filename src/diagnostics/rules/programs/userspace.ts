import { always, fix, hit, type Family, type Hit, type SeverityByPurpose } from '../../rule';
import { command } from '../../command';
import { iommuState } from '../../view/iommuState';
import type { Fact } from '../../view/facts';
import type { View } from '../../view/view';
import { fact } from '../software';

/** What matters to DPDK alone. */
const forDpdk = (severity: SeverityByPurpose['vfio']): SeverityByPurpose => ({
  netdev: 'info',
  vfio: severity,
  vm: 'info',
});

/** `hugepages-2048kB-node0: 512, 500 free`, of a live host. */
const pages = (view: View): { total: number; node: string; fact: Fact }[] =>
  view.live
    ? view.factsOf(/^hugepages-\d+kB-node\d+$/).map((one) => ({
        ...{
          total: Number(/^\d+/.exec(one.value)?.[0] ?? 0),
          node: /\d+$/.exec(one.key)?.[0] ?? '',
          fact: one,
        },
      }))
    : [];

/** A VF is bound for programs, or memory is set aside for them: without, nobody asks about the fine points. */
const isWanted = (view: View): boolean =>
  pages(view).some(({ total }) => total > 0) ||
  (view.live?.pfs ?? []).some(({ vfs }) => vfs.some(({ driver }) => driver !== null && /vfio/.test(driver)));

/** Adapters on a node that has no huge pages, while another one has some. */
const pagesElsewhere = (view: View): Hit[] => {
  const all = pages(view);
  const have = all.filter(({ total }) => total > 0);
  if (have.length === 0) return [];
  return view
    .factsOf(/\/numa_node$/)
    .filter(
      ({ value }) =>
        all.some(({ node }) => node === value.trim()) && !have.some(({ node }) => node === value.trim()),
    )
    .map(({ key, line }) =>
      hit(/devices\/([^/]+)\//.exec(key)?.[1], [line, ...have.map((one) => one.fact.line)]),
    );
};

/** By the kernel's configuration: groups are what DPDK knows, and a device by itself is what iommufd gives. */
const withoutGroups = (view: View): Hit[] => {
  const [groups, devices] = [fact(view, 'VFIO_GROUP'), fact(view, 'VFIO_DEVICE_CDEV')];
  return groups?.value === 'n' && devices?.value === 'y' ? [hit('host', [groups.line, devices.line])] : [];
};

const changingSpeed = (view: View): Hit[] => {
  const found = fact(view, 'governors');
  return found && found.value !== 'performance' && isWanted(view) ? [hit('host', [found.line])] : [];
};

const sharedProcessors = (view: View): Hit[] => {
  const found = fact(view, 'isolated-cpus');
  return found?.value === 'none' && isWanted(view) ? [hit('host', [found.line])] : [];
};

const littleLocked = (view: View): Hit[] => {
  const found = fact(view, 'memlock');
  return found && /^\d+$/.test(found.value) && view.live?.isRoot === false && isWanted(view)
    ? [hit('host', [found.line])]
    : [];
};

/** Only where all of it is there. */
const looked = (view: View): string[] => {
  const [module, group] = [fact(view, 'vfio-pci'), fact(view, 'vfio-group')];
  const have = pages(view).filter(({ total }) => total > 0);
  const isThere = have.length > 0 && iommuState(view).state === 'on' && module && module.value !== 'absent';
  return isThere ? [...have.map((one) => one.fact.line), module.line, ...(group ? [group.line] : [])] : [];
};

export const userspace: Family = {
  id: 'host.userspace',
  cause: 'other',
  fine: 'IOMMU, vfio-pci and huge pages are there for DPDK',
  looked,
  rules: [
    {
      id: 'userspace.hugepages-elsewhere',
      cause: 'hugepages-missing',
      severity: forDpdk('warning'),
      when: pagesElsewhere,
      title: 'The huge pages are on another NUMA node than the adapter',
      explain:
        'DPDK takes the memory for a VF from the node that the adapter is on, and there are no huge pages; it fails, or every packet crosses the link between the nodes.',
      fixes: [
        fix('command', 'Look at what there is, and prepare the VFs with pages on their own node', {
          commands: [command`grep -H . /sys/devices/system/node/node*/hugepages/*/nr_hugepages`],
        }),
      ],
    },
    {
      id: 'userspace.no-groups',
      cause: 'other',
      severity: forDpdk('warning'),
      when: withoutGroups,
      title: 'This kernel offers VFIO by iommufd only',
      explain:
        'It was built without VFIO_GROUP, so there are no /dev/vfio/GROUP files, only /dev/vfio/devices. DPDK releases up to 26.07 know groups alone.',
      fixes: [fix('driver', 'Boot a kernel that has VFIO_GROUP, as those of Debian', { needsReboot: true })],
    },
    {
      id: 'userspace.governor',
      cause: 'other',
      severity: always('info'),
      when: changingSpeed,
      title: 'The processors change their speed',
      explain: 'A program that polls is fastest, and steadiest, with the governor "performance".',
      fixes: [
        fix('command', 'Set it until the next boot', {
          commands: [command`cpupower frequency-set -g performance`],
        }),
      ],
    },
    {
      id: 'userspace.no-isolation',
      cause: 'other',
      severity: always('info'),
      when: sharedProcessors,
      title: 'No processors are set aside for programs that poll',
      explain:
        'The scheduler puts other work onto the same processors, which shows as lost packets and jitter. Arguments of the kernel keep it away from some.',
      fixes: [
        fix('kernel-args', 'Set some aside, near the adapter: isolcpus=2-5 nohz_full=2-5 rcu_nocbs=2-5'),
      ],
    },
    {
      id: 'userspace.memlock',
      cause: 'other',
      severity: always('info'),
      when: littleLocked,
      title: 'This user may lock little memory',
      explain:
        'VFIO locks the memory that a program maps for a VF, and who is not root may lock no more than this limit (in KiB). A container gets its own by --ulimit memlock.',
      fixes: [fix('command', 'Raise it', { commands: [command`ulimit -l unlimited`] })],
    },
  ],
};
