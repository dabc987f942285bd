import type { MacvlanRecord } from '../../model/macvlan';
import { isRefusal, refuse, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { resolveContainer, resolveVf } from '../resolve';

/** The macvlan to remove from a function, if there is one: of several, the container's. */
export function resolveMacvlan(
  snapshot: HostSnapshot,
  { vf: given, container }: { vf: string; container?: string },
): MacvlanRecord | Refusal | undefined {
  const pf = snapshot.pfs.find(({ pci, name }) => pci === given.toLowerCase() || name === given);
  const found = pf ? undefined : resolveVf(snapshot, given);
  const on = pf?.pci ?? (found && !isRefusal(found) ? found.vf.pci : undefined);
  const all = snapshot.macvlans.filter((macvlan) => macvlan.on === on);
  if (all.length === 0) return undefined;
  const owner = container === undefined ? undefined : resolveContainer(snapshot, container);
  if (owner && isRefusal(owner)) return owner;
  const candidates = owner ? all.filter((macvlan) => macvlan.container.id === owner.id) : all;
  if (candidates.length === 1) return candidates[0];
  const list = all.map((macvlan) => `${macvlan.container.name} (${macvlan.inside})`).join(', ');
  return candidates.length === 0
    ? refuse('nothing-to-do', `${container} has no macvlan on ${given}; these do: ${list}.`)
    : refuse('ambiguous', `${given} has ${candidates.length} macvlans: ${list}.`, {
        do: 'say-whose',
        function: given,
      });
}
