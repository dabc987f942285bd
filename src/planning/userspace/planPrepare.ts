import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { isRefusal, refuse, type Lock, type Plan, type Refusal, type Step } from '../../model/plan';
import type { PrepareRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { isBifurcated } from '../../model/userspace/vfio';
import { askableKeys, type Asked } from '../../model/vfAttributes/table';
import { isKept, keptOf } from '../kept/keptFor';
import { resolveVf, vfLabel } from '../resolve';
import { planConfigure } from '../vfs/planConfigure';
import { groupInTheWay, groupStaysFree } from './groups';
import { hugePages } from './hugePages';
import { memlockNote, ownership } from './owner';

type Parts = Pick<Plan, 'steps' | 'notes' | 'losses' | 'preconditions' | 'promises'>;

/**
 * Plans what programs that drive VFs themselves need: what only the PF can set, huge pages near the VFs, the driver that hands them
 * over, and who may use them. The VFs are of one adapter: all of them are removed together, if at all.
 */
export function planPrepare(
  snapshot: HostSnapshot,
  request: PrepareRequest & { forceInterface?: string },
): Plan | Refusal {
  const found = functionsOf(snapshot, request);
  if (isRefusal(found)) return found;
  const { pf, vfs } = found;
  const memory = hugePages(snapshot, vfs, request.hugePages);
  if (isRefusal(memory)) return memory;
  const parts: Parts[] = [memory];
  for (const vf of vfs) {
    const part = prepared(snapshot, pf, vf, vfs, request);
    if (isRefusal(part)) return part;
    parts.push(part);
  }
  const owned = ownership(snapshot, pf, vfs, request.owner);
  const all = joined([...parts, owned]);
  const label = vfs.length === 1 ? vfLabel(pf, vfs[0]!) : `${vfs.length} VFs of ${pf.name ?? pf.pci}`;
  if (all.steps.length === 0)
    return refuse('nothing-to-do', `${label} ${vfs.length === 1 ? 'is' : 'are'} already prepared like that.`);
  return {
    kind: 'prepare',
    title: `Prepare ${label} for DPDK`,
    host: snapshot.host.id,
    ...all,
    notes: [...all.notes, ...memlockNote(request.owner, request.hugePages)],
    verb: 'Prepare',
    locks: [
      { pci: pf.pci, mode: 'shared' },
      ...vfs.map(({ pci }): Lock => ({ pci, mode: 'exclusive' })).sort((a, b) => (a.pci < b.pci ? -1 : 1)),
      ...(memory.steps.length > 0 ? [memoryLock] : []),
    ],
    namespace: null,
  };
}

/** One lock for the huge pages of a host; no PCI function is called so. */
const memoryLock = { pci: 'huge-pages', mode: 'exclusive' } as const;

function functionsOf(
  snapshot: HostSnapshot,
  { vfs: given, mac }: PrepareRequest,
): { pf: PhysicalFunction; vfs: VirtualFunction[] } | Refusal {
  const found = [];
  for (const one of given) {
    const function_ = resolveVf(snapshot, one);
    if (isRefusal(function_)) return function_;
    found.push(function_);
  }
  const [first] = found;
  if (!first) return refuse('invalid', 'No VF is named.');
  const other = found.find(({ pf }) => pf !== first.pf);
  if (other)
    return refuse(
      'invalid',
      `${vfLabel(first.pf, first.vf)} and ${vfLabel(other.pf, other.vf)} are VFs of two adapters; prepare those of each by themselves.`,
    );
  const vfs = [...new Set(found.map(({ vf }) => vf))];
  if (mac !== undefined && vfs.length > 1)
    return refuse('invalid', 'Two VFs of an adapter cannot have the same MAC; give each its own.');
  return { pf: first.pf, vfs };
}

/** The one by which programs get the VFs of an adapter; of those beside which they work, its own. */
export const driverFor = ({ driver }: PhysicalFunction): { driver: string } => ({
  driver: driver !== null && isBifurcated(driver) ? driver : 'vfio-pci',
});

/** One VF: its settings, and the driver that hands it over, which is the one that it has where programs work beside it. */
function prepared(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  together: VirtualFunction[],
  request: PrepareRequest & { forceInterface?: string },
): Parts | Refusal {
  const kept = keptOf(snapshot, vf.pci);
  if (kept) return isKept(pf, vf, kept);
  if (vf.holder.kind === 'container' || vf.holder.kind === 'netns')
    return refuse(
      'in-use',
      `${vfLabel(pf, vf)} is in ${vf.holder.name ?? 'a network namespace'}; detach it first.`,
    );
  const beside = isBifurcated(pf.driver);
  const inTheWay = beside ? undefined : groupInTheWay(snapshot, pf, vf, together);
  if (inTheWay) return inTheWay;
  const plan = planConfigure(snapshot, {
    ...settingsIn(request),
    ...{ kind: 'configure', vf: vf.pci, ...driverFor(pf), forceInterface: request.forceInterface },
  });
  if (isRefusal(plan) && plan.code !== 'nothing-to-do') return plan;
  const notes = beside ? [besideNote(pf, vf)] : [];
  if (isRefusal(plan)) return { ...nothing, notes };
  const { steps, losses, preconditions, promises } = plan;
  return {
    ...{ steps, losses, promises },
    notes: [...plan.notes, ...notes],
    preconditions: [...preconditions, ...(beside ? [] : groupStaysFree(vf))],
  };
}

const settingsIn = (request: PrepareRequest): Asked =>
  Object.fromEntries(askableKeys.map((key) => [key, (request as Asked)[key]]));

const nothing: Parts = { steps: [], notes: [], losses: [], preconditions: [], promises: [] };

const besideNote = (pf: PhysicalFunction, vf: VirtualFunction): string =>
  `DPDK works beside ${pf.driver}: ${vfLabel(pf, vf)} keeps its network device, which goes into the container with it, and the program gets ${vf.uverbs === undefined ? 'its /dev/infiniband/uverbs device' : `/dev/infiniband/${vf.uverbs}`} instead of a VFIO group.`;

const joined = (parts: Parts[]): Parts => ({
  steps: parts.flatMap(({ steps }): Step[] => steps),
  notes: [...new Set(parts.flatMap(({ notes }) => notes))],
  losses: parts.flatMap(({ losses }) => losses),
  preconditions: parts.flatMap(({ preconditions }) => preconditions),
  promises: parts.flatMap(({ promises }) => promises),
});
