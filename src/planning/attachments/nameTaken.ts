import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { refuse, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { vfLabel } from '../resolve';

/** Why a function that is on the host can't be renamed back to that. */
export function nameTaken(
  { links }: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  name: string,
): Refusal | undefined {
  const inTheWay = links.find(
    (link) => link.pci !== vf.pci && (link.name === name || link.altnames.includes(name)),
  );
  return (
    inTheWay &&
    refuse(
      'name-taken',
      `${vfLabel(pf, vf)} cannot be renamed back to ${name}: another device on the host has that name (${inTheWay.name}).`,
    )
  );
}
