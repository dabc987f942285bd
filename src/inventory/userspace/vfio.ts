import type { Container } from '../../model/container';
import type { FunctionUser, GroupFile, GroupMate } from '../../model/userspace/vfio';
import type { PciFacts } from '../sysfs';

/** From lines `/dev/vfio/GROUP USER:GROUP UID:GID MODE`; who has no name is a number. */
export const groupFilesOf = (body: string): GroupFile[] =>
  [...body.matchAll(/^\/dev\/vfio\/(\d+) (\S+) (\d+:\d+) ([0-7]+)$/gm)].map(
    ([, group, named = '', numbers = '', mode = '']) => ({
      ...{ group: Number(group), owner: named.includes('UNKNOWN') ? numbers : named, mode },
    }),
  );

/** Who has which group open: lines `GROUP PID COMMAND`, and under each the control groups of that process. */
export function usersOf(body: string, containers: readonly Container[]): Map<number, FunctionUser[]> {
  const users = new Map<number, FunctionUser[]>();
  for (const one of body.split(/^(?=\d)/m)) {
    const [, group, pid, command = ''] = /^(\d+) (\d+) (.*)$/m.exec(one) ?? [];
    if (group === undefined) continue;
    const inside = containers.find(({ id, engine }) => engine !== 'netns' && one.includes(id));
    const container = inside ? { id: inside.id, name: inside.name } : null;
    const known = users.get(Number(group)) ?? [];
    users.set(Number(group), [...known, { pid: Number(pid), command, container }]);
  }
  return users;
}

/** The other members of a VF's IOMMU group, as links of its PF say it; none where it is alone. */
export function matesOf(below: string, own: string, { links }: PciFacts): GroupMate[] {
  const folder = `${below}/iommu_group/devices/`;
  return [...links.keys()]
    .filter((link) => link.startsWith(folder) && !link.endsWith('/driver'))
    .map((link) => link.slice(folder.length))
    .filter((pci) => pci !== own)
    .map((pci) => ({ pci, driver: links.get(`${folder}${pci}/driver`) ?? null }));
}

/** From paths like `…/0000:01:00.0/virtfn0/infiniband_verbs/uverbs0`: PF and VF by its index → that name. */
export const uverbsOf = (body: string): Map<string, string> =>
  new Map(
    [...body.matchAll(/\/([\da-f:.]+)\/virtfn(\d+)\/infiniband_verbs\/(uverbs\d+)$/gm)].map(
      ([, pf = '', index = '', name = '']) => [`${pf} ${index}`, name],
    ),
  );
