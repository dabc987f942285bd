import { isRefusal, refuse, type Refusal, type Step } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { driverChange } from '../vfs/driverChange';
import type { Change } from './planKernelArguments';
import { resolvePf } from '../resolve';
import { bringUp, step } from '../steps';

/** A change of the running host alone. */
export const only = (steps: Step[], notes: string[] = []): Change => ({
  ...{ files: [], steps, preconditions: [] },
  notes: [...notes, 'It lasts until the next reboot.'],
  applied: { add: [], remove: [], regenerate: null, tool: null, verify: [], files: [] },
});

export function pfUp(snapshot: HostSnapshot, given: string): Change | Refusal {
  const pf = resolvePf(snapshot, given);
  if (isRefusal(pf)) return pf;
  const { name } = pf;
  if (name === null)
    return refuse(
      'no-netdev',
      `${pf.pci} has no network device on the host to bring up; bind its driver, or detach it first.`,
    );
  if (pf.up) return refuse('nothing-to-do', `${name} is already up.`);
  return {
    ...only(
      [bringUp(name, 'its VFs need it')],
      ['After a reboot, the network configuration of the host decides whether it is up.'],
    ),
    locks: [{ pci: pf.pci, mode: 'exclusive' }],
  };
}

/** Autoprobe on, and their driver for the VFs that have none. */
export function vfDrivers(
  snapshot: HostSnapshot,
  { pf: given, driver }: { pf: string; driver: string },
): Change | Refusal {
  const pf = resolvePf(snapshot, given);
  if (isRefusal(pf)) return pf;
  const label = pf.name ?? pf.pci;
  const bare = pf.vfs.filter((vf) => vf.driver === null);
  if (pf.driversAutoprobe !== false && bare.length === 0)
    return refuse(
      'nothing-to-do',
      `New VFs of ${label} already get their driver, and all existing VFs have one.`,
    );
  const changes = bare.map((vf) => driverChange(snapshot, pf, vf, driver));
  const refused = changes.find(isRefusal);
  if (refused) return refused;
  const able = changes.flatMap((change) => (isRefusal(change) ? [] : [change]));
  const autoprobe = step(
    `Let new VFs of ${label} get their driver`,
    ['set_autoprobe', pf.pci, '1'],
    ['set_autoprobe', pf.pci, '0'],
  );
  const change = only(
    [...(pf.driversAutoprobe === false ? [autoprobe] : []), ...once(able.flatMap(({ steps }) => steps))],
    [
      ...new Set(able.flatMap(({ notes }) => notes)),
      ...(bare.length > 0 ? ['A leftover driver_override of a VF is cleared and not restored.'] : []),
    ],
  );
  return {
    ...change,
    losses: able.flatMap(({ losses }) => losses),
    preconditions: able.flatMap(({ preconditions }) => preconditions),
    locks: [{ pci: pf.pci, mode: 'exclusive' }],
  };
}

/** The PF is brought up for the first VF only. */
const once = (steps: Step[]): Step[] =>
  steps.filter(({ title }, at) => steps.findIndex((other) => other.title === title) === at);
