import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Plan } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { pagesText, type WantedPages } from '../../model/userspace/hugePages';
import { isBifurcated } from '../../model/userspace/vfio';
import { step } from '../steps';

type Parts = Pick<Plan, 'steps' | 'notes' | 'losses' | 'preconditions' | 'promises'>;

/** Who may use the VFIO groups of these VFs, beside root. A group that appears with the binding is root's alone at first. */
export function ownership(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vfs: VirtualFunction[],
  owner: string | undefined,
): Parts {
  const parts: Parts = { steps: [], notes: [], losses: [], preconditions: [], promises: [] };
  if (owner === undefined) return parts;
  if (isBifurcated(pf.driver)) {
    parts.notes.push('The uverbs devices are open to all users as a rule, so they keep their owners.');
    return parts;
  }
  const mode = owner.includes(':') ? '660' : '600';
  const seen = new Set<number | null>();
  for (const { pci, iommuGroup, driver } of vfs) {
    if (seen.has(iommuGroup)) continue;
    seen.add(iommuGroup);
    const file = snapshot.groupFiles?.find(({ group }) => group === iommuGroup);
    const now = driver === 'vfio-pci' && file ? file : { owner: 'root:root', mode: '600' };
    if (isOwner(now.owner, owner) && now.mode === mode) continue;
    parts.steps.push(
      step(
        `Give /dev/vfio/${iommuGroup} to ${owner}`,
        ['own_group', pci, owner, mode],
        ['own_group', pci, now.owner, now.mode],
      ),
    );
  }
  if (parts.steps.length > 0)
    parts.preconditions.push({
      otherwise: `${snapshot.host.id} has no ${owner.includes(':') ? 'user and group' : 'user'} ${owner}.`,
      check: ['knows_owner', owner],
    });
  return parts;
}

const isOwner = (now: string, wanted: string): boolean =>
  wanted.includes(':') ? now === wanted : now.startsWith(`${wanted}:`);

/** How much a program may lock is no setting of the host, but of whoever starts it. */
export function memlockNote(owner: string | undefined, pages: WantedPages | undefined): string[] {
  const who = owner?.split(':')[0];
  if (who === undefined || who === 'root' || who === '0') return [];
  const much = pages === undefined ? '' : `, at least the ${pagesText(pages.count, pages.kb)}`;
  return [
    `VFIO locks all the memory that a program maps for the VF${much}, and a program of ${who} may lock no more than its limit (ulimit -l) allows: raise it with LimitMEMLOCK= of its unit, --ulimit memlock= of its container, or /etc/security/limits.d.`,
  ];
}
