import { command } from '../../command';
import { always, fix, hit, type Family, type Hit } from '../../rule';
import type { Line } from '../../view/line';
import type { View } from '../../view/view';
import { anySays } from './says';

/**
 * DPDK reports each size that has no free pages and goes on with another: only the end of its start counts.
 */
const missing = anySays(
  /Cannot get hugepage information/i,
  /Not enough memory available(?: on socket \d+)?! Requested/i,
  /(?:FATAL|EAL|PANIC in \w+\(\)): Cannot init memory/i,
  /(?:unable to map|can't open) backing store\b.*\bfor guest RAM/i,
  /preallocating memory failed/i,
  /\b(?:not enough|insufficient|too few|(?:ran )?out of) (?:free |available |memory in )?(?:\d+ ?[kMG]i?B? )?huge ?pages?\b/i,
  /\b(?:requested|tried to configure) \d+ huge ?pages\b.*\bbut\b/i,
  /huge ?pages? allocation failed|fail\w* to (?:allocate|reserve|get|map) (?:\S+ ){0,4}huge ?pages?\b/i,
  /\bno (?:free |available )?huge ?pages? (?:on|in|for|of) (?:numa |socket |node |size )/i,
  /system does ?n[o']t support huge ?pages/i,
  /HugeTLB: (?:allocating \d+ of page size .* failed|unsupported hugepagesz)/i,
  /hugepagesz: Unsupported page size/i,
  /Insufficient memory to create memory pool for netdev/i,
  /Creation of mbuf pool for socket \d+ failed|(?:cannot|could ?n[o']t|fail\w* to) (?:create|init|allocate) (?:the |a )?(?:mbuf|mem) ?pool\b.*(?:Cannot allocate memory|socket)/i,
  /Insufficient free host memory pages/i,
  /hugetlbfs (?:filesystem )?is not mounted|Unable to find any usable hugetlbfs mount/i,
  /Insufficient hugepages-\d+[KMG]i/,
  /Page size \S+ (?:\w+ )?is not supported by the host/i,
  /hugepages?: node \d+ not found/i,
);

const noneOfSize = /No free (?:(\d+) kB )?hugepages reported (?:in hugepages-(\d+)kB|on node \d+)/i;
/**
 * Both sizes of a processor were tried, and no node has a free page of either; what was tried after that isn't told. One program
 * says it in one form.
 */
const ofNoSize = (view: View): Hit[] => {
  const all = view.find(noneOfSize);
  const byNode = ({ text }: Line): boolean => / on node /i.test(text);
  const lines = all.filter((line) => all[0] !== undefined && byNode(line) === byNode(all[0]));
  const sizes = lines.map(({ text }) => noneOfSize.exec(text)).map((found) => found?.[1] ?? found?.[2]);
  return new Set(sizes).size > 1 && view.find(/EAL: Probing VFIO|probe driver:/i).length === 0
    ? [hit('host', lines, { severity: always('warning') })]
    : [];
};

export const hugepages: Family = {
  id: 'host.hugepages',
  cause: 'hugepages-missing',
  fine: 'The hugepages that were asked for were there',
  looked: () => [],
  rules: [
    {
      id: 'hugepages.missing',
      cause: 'hugepages-missing',
      severity: always('error'),
      when: (view) => [...missing(view), ...ofNoSize(view)],
      title: 'There are not enough hugepages',
      explain:
        'The program found no free hugepages of the size, on the NUMA node or in the mount that it uses. Pages of one size do not serve for another, and each node has its own.',
      fixes: [
        fix('command', 'Look at what there is, then reserve pages and mount them', {
          commands: [
            command`grep -H . /sys/devices/system/node/node*/hugepages/*/{nr,free}_hugepages`,
            command`sysctl vm.nr_hugepages=1024`,
            command`mount | grep hugetlbfs`,
          ],
        }),
        fix('kernel-args', 'Pages of 1 GiB are best reserved at boot: hugepagesz=1G hugepages=8'),
      ],
    },
  ],
};
