import { command } from '../command';
import { fix, hit, whenPassedOn, type Family, type Hit } from '../rule';
import { pciIn } from '../view/line';
import type { View } from '../view/view';

/** More than one node with memory, as `0-1` or `0,2`; `null` when unknown. */
const severalNodes = (view: View): string | null => {
  const nodes = view.facts.find(({ key }) => key === 'nodes');
  return nodes && /[-,]/.test(nodes.value) ? nodes.line : null;
};

/** `numa_node` is -1 where the firmware doesn't say; with a single node that means nothing. */
const unknownNode = (view: View): Hit[] => {
  const nodes = severalNodes(view);
  return nodes === null
    ? []
    : view
        .factsOf(/\/numa_node$/)
        .filter(({ value }) => value.trim() === '-1')
        .map(({ key, line }) => hit(pciIn(key), [line, nodes]));
};

/** Containers that are pinned to processors, none of which is near the adapter. */
const remote = (view: View): Hit[] => {
  if (severalNodes(view) === null) return [];
  const pinned = view.factsOf(/^container \S+ cpus$/);
  return view.factsOf(/\/local_cpulist$/).flatMap(({ key, value, line }) => {
    const near = processors(value);
    return pinned
      .filter((one) => near.size > 0 && ![...processors(one.value)].some((cpu) => near.has(cpu)))
      .map((one) => hit(pciIn(key), [line, one.line]));
  });
};

/** `0-3,8` as numbers. */
function processors(list: string): Set<number> {
  const all = new Set<number>();
  for (const [, from = '', to = from] of list.matchAll(/(\d+)(?:-(\d+))?/g))
    for (let cpu = Number(from); cpu <= Math.min(Number(to), Number(from) + 4096); cpu++) all.add(cpu);
  return all;
}

export const numa: Family = {
  id: 'adapter.numa',
  cause: 'other',
  fine: 'The NUMA nodes of the adapters are known',
  looked: (view) => (severalNodes(view) === null ? [] : view.factsOf(/\/numa_node$/).map(({ line }) => line)),
  rules: [
    {
      id: 'numa.unknown',
      cause: 'other',
      severity: whenPassedOn('warning'),
      when: unknownNode,
      title: 'The NUMA node of the adapter is unknown',
      explain:
        'This machine has several nodes, and its firmware does not report which one the slot belongs to. Everything works, but programs on the remote node get less throughput.',
      fixes: [
        fix('bios', 'Update the BIOS, or check in the manual which processor the slot belongs to'),
        fix('command', 'Set the node until the next boot', {
          commands: [command`echo 0 > /sys/bus/pci/devices/${'PCI'}/numa_node`],
          risk: 'A wrong number reduces performance.',
        }),
      ],
    },
    {
      id: 'numa.remote',
      cause: 'other',
      severity: whenPassedOn('warning'),
      when: remote,
      title: 'A container is pinned to processors on another NUMA node than its adapter',
      explain: 'With a VF of this adapter, every packet crosses the link between the nodes.',
      fixes: [
        fix('command', 'Pin it to processors on the node of the adapter', {
          commands: [command`docker update --cpuset-cpus ${'CPUS'} ${'CONTAINER'}`],
        }),
      ],
    },
  ],
};
