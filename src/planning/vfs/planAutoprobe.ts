import { isRefusal, refuse, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { resolvePf } from '../resolve';

/** Plans whether VFs to come get a driver (`sriov_drivers_autoprobe`); VFs that are there keep theirs. */
export function planAutoprobe(
  snapshot: HostSnapshot,
  { pf: given, on }: { pf: string; on: boolean },
): Plan | Refusal {
  const pf = resolvePf(snapshot, given);
  if (isRefusal(pf)) return pf;
  const label = pf.name ?? pf.pci;
  if (pf.driversAutoprobe === null)
    return refuse(
      'unknown-state',
      `${label} has no readable sriov_drivers_autoprobe; it requires Linux 4.12 or newer.`,
    );
  if (pf.driversAutoprobe === on)
    return refuse(
      'nothing-to-do',
      `The setting sriov_drivers_autoprobe of ${label} is already ${on ? 'on' : 'off'}.`,
    );
  return {
    kind: 'configure',
    title: on ? `Bind new VFs of ${label} to their driver` : `Create new VFs of ${label} without a driver`,
    host: snapshot.host.id,
    notes: pf.vfs.length > 0 ? [`The ${pf.vfs.length} existing VFs of ${label} keep their drivers.`] : [],
    losses: [],
    verb: 'Configure',
    locks: [{ pci: pf.pci, mode: 'exclusive' }],
    namespace: null,
    preconditions: [],
    steps: [
      {
        title: `Turn sriov_drivers_autoprobe of ${label} ${on ? 'on' : 'off'}`,
        apply: ['set_autoprobe', pf.pci, on ? '1' : '0'],
        undo: ['set_autoprobe', pf.pci, on ? '0' : '1'],
        timeout: 15,
      },
    ],
    promises: [{ kind: 'autoprobe', pf: pf.pci, on }],
  };
}
