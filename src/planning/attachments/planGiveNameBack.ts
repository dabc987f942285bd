import { isRefusal, refuse, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { endsOf, hostUse } from '../hostUse';
import { locksOf } from '../locksOf';
import { resolveVf, vfLabel } from '../resolve';
import * as steps from '../steps';
import { nameTaken } from './nameTaken';

/** Plans giving a VF, which others left on the host under such a name as `eth1`, the one that udev would give it. */
export function planGiveNameBack(snapshot: HostSnapshot, { vf: given }: { vf: string }): Plan | Refusal {
  const found = resolveVf(snapshot, given);
  if (isRefusal(found)) return found;
  const { pf, vf } = found;
  const { name: current, nameByUdev: name } = vf;
  const label = vfLabel(pf, vf);
  if (current === null || name === undefined)
    return refuse(
      'nothing-to-do',
      `${label} already has the name that udev gives it, so there is nothing to rename.`,
    );
  const taken = nameTaken(snapshot, pf, vf, name);
  if (taken) return taken;
  const used = endsOf(hostUse(snapshot, vf));
  if (used.length > 0)
    return refuse(
      'in-use',
      `${label} is used as ${current}, and renaming would interrupt: ${used.join('; ')}.`,
    );
  return {
    kind: 'give-name-back',
    title: `Rename ${label} back to ${name}`,
    host: snapshot.host.id,
    notes: [`Something else left it on the host as ${current}; udev would call it ${name}.`],
    losses: [`the name ${current}, under which something may look for it`],
    verb: 'Rename',
    locks: locksOf(pf, vf),
    namespace: null,
    preconditions: [
      { otherwise: `${label} is no longer ${current} on the host.`, check: ['is_named', vf.pci, current] },
    ],
    steps: [
      ...(vf.up ? [steps.takeDown(current)] : []),
      ...(vf.altnames.includes(name) ? [steps.dropAltname(current, name)] : []),
      steps.rename(vf, current, name),
      ...(vf.up ? [steps.bringUp(name, 'it was up before')] : []),
    ],
    promises: [{ kind: 'vf-on-host', ...{ vf: vf.pci, name, mac: vf.mac, mtu: vf.mtu, up: vf.up ?? false } }],
  };
}
