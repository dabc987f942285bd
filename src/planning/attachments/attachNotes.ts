import type { Advice } from '../../model/advice';
import type { Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Plan } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { told } from '../../model/vfAttributes/table';
import type { Carried } from './bringsAlong';
import { vfLabel } from '../resolve';
import { trunkFile } from '../vfs/vfSettings';
import { rootlessNotes } from './unfitContainer';

interface Attached {
  pf: PhysicalFunction;
  vf: VirtualFunction;
  container: Container;
  hostName: string;
  /** Its name inside. */
  name: string;
  /** What the PF enforces for it, and continues to enforce. */
  stays: Carried[];
}

/** What the user might not expect of an attachment. */
export function attachNotes(snapshot: HostSnapshot, attached: Attached): string[] {
  const { pf, vf, container, hostName, name, stays } = attached;
  const sharing = snapshot.containers.filter(
    (c) => c.id !== container.id && c.netnsInode === container.netnsInode,
  );
  return [
    ...(name === hostName
      ? []
      : [`When ${container.name} stops, it comes back to the host as ${name}, not as ${hostName}.`]),
    ...rootlessNotes(container, name),
    ...(sharing.length > 0
      ? [`${sharing.map((c) => c.name).join(', ')} shares this network namespace and also gets the VF.`]
      : []),
    ...(stays.length > 0
      ? [
          `${vfLabel(pf, vf)} keeps what ${pf.name} already enforces for it: ${stays.map(({ says }) => says).join(', ')}.`,
        ]
      : []),
    ...(vf.trunk === undefined
      ? []
      : [
          `${vfLabel(pf, vf)} keeps its ${told.trunk.says(vf.trunk)}; they are set only in ${trunkFile(pf, vf)}.`,
        ]),
    ...throughTheCard(pf, vf, container),
  ];
}

/** What can be done about it. */
export function adviceFor(hostName: string, name: string, stays: Carried[]): Pick<Plan, 'advice'> {
  const advice: Advice[] = [
    ...(name === hostName ? [] : [{ do: 'give-name-back' as const, name: hostName }]),
    ...(stays.length > 0 ? [{ do: 'clear-first' as const, brings: stays.map(({ says }) => says) }] : []),
  ];
  return advice.length > 0 ? { advice } : {};
}

/** A list that a person reads: the first few, and how many more. */
const fewOf = (names: (string | number | null)[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} others` : names.join(', ');

/** What the second attachment of an adapter should know; no question. */
function throughTheCard(pf: PhysicalFunction, vf: VirtualFunction, container: Container): string[] {
  const others = pf.vfs.filter(
    ({ pci, holder }) =>
      pci !== vf.pci && holder.kind === 'container' && holder.netnsInode !== container.netnsInode,
  );
  const names = [...new Set(others.map(({ holder }) => holder.name ?? holder.netnsInode))];
  return names.length === 0
    ? []
    : [
        `${container.name} and ${fewOf(names)} reach each other through the adapter's internal switch, so their traffic crosses the PCIe bus twice. If they mostly talk to each other on this host, a macvlan or a bridge is faster.`,
      ];
}
