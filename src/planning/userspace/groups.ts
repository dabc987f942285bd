import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { refuse, type Precondition, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import type { GroupMate } from '../../model/userspace/vfio';
import { vfLabel } from '../resolve';

/** Beside which drivers VFIO gives a group away; a bridge keeps its own. */
const isOutOfTheWay = ({ driver }: GroupMate): boolean =>
  driver === null || /vfio|^pci-stub$|^pcieport$/.test(driver);

/** Another function of its IOMMU group that the host still drives, and that isn't prepared with it. */
export function groupInTheWay(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  together: VirtualFunction[],
): Refusal | undefined {
  const others = (vf.groupMates ?? []).filter(
    (mate) => !isOutOfTheWay(mate) && !together.some(({ pci }) => pci === mate.pci),
  );
  if (others.length === 0) return undefined;
  return refuse(
    'in-use',
    `${vfLabel(pf, vf)} shares IOMMU group ${vf.iommuGroup} with ${others.map((mate) => mateText(snapshot, mate)).join(', ')}, and VFIO gives a group away only when all of it is on vfio-pci or unbound.`,
    { do: 'diagnose', about: 'iommu' },
  );
}

function mateText({ links }: HostSnapshot, { pci, driver }: GroupMate): string {
  const name = links.find((link) => link.pci === pci)?.name;
  return `${name === undefined ? pci : `${name} (${pci})`} on ${driver}`;
}

/** That still holds right before; what is prepared together is on its way there. */
export const groupStaysFree = (vf: VirtualFunction): Precondition[] =>
  (vf.groupMates ?? []).length === 0
    ? []
    : [
        {
          otherwise: `IOMMU group ${vf.iommuGroup} has other members now.`,
          check: [
            'group_is',
            vf.pci,
            ...(vf.groupMates ?? []).map(({ pci, driver }) => `${pci}=${driver ?? ''}`),
          ],
        },
      ];
