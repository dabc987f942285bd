import type { PhysicalFunction } from '../../model/functions';
import { late } from '../../model/lasting/late';
import type { MadeIntent, MadeVf } from '../../model/lasting/made';
import { isRefusal, type MadeProgram, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { planAutoprobe } from '../vfs/planAutoprobe';
import { planConfigure } from '../vfs/planConfigure';
import { planSetVfs } from '../vfs/planSetVfs';
import { hugePagesAtBoot } from '../userspace/hugePages';
import { ownership } from '../userspace/owner';
import { freshVf } from './freshVf';

/**
 * What the program of an adapter does after a boot, by the planners of any VFs: they are shown the host as it will be then, with
 * late words for what only that host will know.
 */
export function madePlans(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  intent: MadeIntent,
): Omit<MadeProgram, 'intent'> | Refusal {
  const fresh = { ...pf, ...{ numVfs: 0, vfs: [], up: false, driversAutoprobe: true } };
  const now = asItWillBe(snapshot, fresh);
  const make = planSetVfs(now, { pf: pf.pci, count: intent.count }, true);
  if (isRefusal(make)) return make;
  const autoprobe = intent.autoprobe === false && planAutoprobe(now, { pf: pf.pci, on: false });
  if (autoprobe && isRefusal(autoprobe)) return autoprobe;
  const settle: MadeProgram['settle'] = [];
  for (const one of intent.vfs) {
    const plan = settled(snapshot, pf, intent, one);
    if (isRefusal(plan)) return plan;
    settle.push({ index: one.index, plan });
  }
  return { make: autoprobe ? { ...make, steps: [...autoprobe.steps, ...make.steps] } : make, settle };
}

function settled(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  { count, autoprobe }: MadeIntent,
  one: MadeVf,
): Plan | Refusal {
  const vf = freshVf(pf, one, autoprobe !== false && asBound);
  const now = asItWillBe(snapshot, { ...pf, ...{ numVfs: count, vfs: [vf], up: true } });
  const plan = planConfigure(now, { ...one.settings, kind: 'configure', vf: one.vf });
  if (isRefusal(plan) || (one.owner === undefined && !one.hugePages)) return plan;
  const owned = ownership(now, pf, [vf], one.owner);
  return {
    ...plan,
    preconditions: [...plan.preconditions, ...owned.preconditions],
    steps: [...hugePagesAtBoot(now, vf, one.hugePages), ...plan.steps, ...owned.steps],
  };
}

const asBound = { name: late('device'), driver: late('driver'), mac: late('mac') };

const asItWillBe = (snapshot: HostSnapshot, pf: PhysicalFunction): HostSnapshot => ({
  ...snapshot,
  takenAt: late('now'),
  host: { ...snapshot.host, bootId: late('boot') },
  pfs: snapshot.pfs.map((one) =>
    one.pci === pf.pci ? { ...pf, name: late('pf_name'), protectedBecause: [] } : one,
  ),
  ...{ attachments: [], kept: [], made: [] },
});
