import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isForPrograms } from '../../model/programDrivers';
import { refuse, type Argv, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { leaveHost } from '../hostSteps';
import { endsBeyond, hostUse } from '../hostUse';
import { vfLabel } from '../resolve';
import { bringUp, step } from '../steps';

type DriverChange = Pick<Plan, 'steps' | 'notes' | 'losses' | 'preconditions'>;

/** The steps from a VF's driver to another one, or to `none`. A VF in use is a refusal. */
export function driverChange(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  driver: string,
): DriverChange | Refusal {
  const label = vfLabel(pf, vf);
  const { holder, name, pci } = vf;
  const now = vf.driver ?? 'none';
  if (holder.kind === 'container' || holder.kind === 'netns')
    return refuse(
      'in-use',
      `${label} is in ${holder.name ?? 'a network namespace'} and would be removed from it; detach it first.`,
    );
  if (holder.kind === 'none' && vf.driver !== null)
    return refuse(
      'unknown-state',
      `The location of ${label} is unknown, so it may be in use. Refresh as root.`,
    );
  const bare = driver === 'none' || isForPrograms(driver);
  if (driver === 'vfio-pci' && vf.iommuGroup === null)
    return refuse('limit', `${label} is in no IOMMU group, so it can't be bound to vfio-pci.`, {
      do: 'diagnose',
      about: 'iommu',
    });
  const use = hostUse(snapshot, vf);
  const before = name ? [name, vf.mac ?? '-', vf.mtu === null ? '-' : `${vf.mtu}`] : [];
  return {
    notes: [
      ...(driver === 'vfio-pci' ? [`The VFIO group is /dev/vfio/${vf.iommuGroup}.`] : []),
      ...(!bare && (vf.adminMac === null || /^[0:]+$/.test(vf.adminMac))
        ? [`${pf.name} enforces no MAC for it, so its network device may get a different one.`]
        : []),
    ],
    losses: [
      ...(name && (vf.up || vf.addresses.length > 0 || vf.master) ? [lossOf(label, vf, name)] : []),
      ...endsBeyond(use),
    ],
    preconditions: [
      { otherwise: `${label} has a different driver now.`, check: ['has_driver', pci, now] },
      ...(isForPrograms(now)
        ? [
            {
              otherwise: now.includes('vfio')
                ? `${label} is in use through /dev/vfio/${vf.iommuGroup}, perhaps by a virtual machine; stop that first.`
                : `${label} is in use through ${now}, perhaps by a DPDK program; stop that first.`,
              check: ['vfio_idle', pci] as Argv,
            },
          ]
        : []),
    ],
    steps: [
      ...(bare || pf.up !== false || !pf.name
        ? []
        : [bringUp(pf.name, 'a VF driver can wait for minutes while its PF is down')]),
      ...(name ? leaveHost(vf, name, use) : []),
      step(
        driver === 'none'
          ? `Unbind ${now} from ${label}`
          : `Bind ${driver} to ${label}${now === 'none' ? '' : ` instead of ${now}`}`,
        ['bind_driver', pci, driver],
        ['bind_driver', pci, now, ...before],
        60,
      ),
    ],
  };
}

const lossOf = (label: string, { up, addresses, master }: VirtualFunction, name: string): string =>
  `${name}, the network device of ${label} (${[
    ...(up ? ['up'] : []),
    ...(master ? [`port of ${master}`] : []),
    ...addresses,
  ].join(', ')})`;
