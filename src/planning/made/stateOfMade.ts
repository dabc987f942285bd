import type { PhysicalFunction } from '../../model/functions';
import { bootUnit, vfsText, type Made, type MadeVf } from '../../model/lasting/made';
import type { HostSnapshot } from '../../model/snapshot';
import { askedOf, setting, settingKeys, valueOf } from '../../model/vfAttributes/table';
import { isSame } from '../vfs/vfSettings';
import { madeByOthers } from './makers';

/** The state of VFs that are created after each boot, and why they differ from the request. */
export interface MadeState {
  state: 'made' | 'differs' | 'failed';
  why: string;
}

export function stateOfMade(snapshot: HostSnapshot, made: Made): MadeState {
  const { intent, result } = made;
  const wrong = problemOfMade(snapshot, made);
  const pf = snapshot.pfs.find(({ pci }) => pci === intent.pf);
  if (wrong !== undefined || !pf) return { state: 'failed', why: wrong ?? '' };
  const other = [...otherCount(pf, intent.count), ...intent.vfs.flatMap((one) => otherSettings(pf, one))];
  if (other.length === 0) return { state: 'made', why: '' };
  if (result?.state === 'failed') return { state: 'failed', why: result.why };
  return { state: 'differs', why: `${other.join('; ')}; as requested again after the next boot` };
}

/** Why the next boot would not create them; undefined if it would, as far as can be seen. */
export function problemOfMade(snapshot: HostSnapshot, { intent, enabled }: Made): string | undefined {
  const { pf: pci, pfMac, id, count } = intent;
  const pf = snapshot.pfs.find((one) => one.pci === pci);
  if (!pf) return `there is no adapter ${pci}`;
  const label = pf.name ?? pci;
  const mac = pf.permanentMac ?? pf.mac;
  if (pfMac !== null && mac !== null && mac !== pfMac && pf.mac !== pfMac)
    return `another adapter may be at ${pci}: ${label} has the MAC ${mac}, not ${pfMac}`;
  if (pf.totalVfs !== null && pf.totalVfs < count) return `${label} can have ${vfsText(pf.totalVfs)} at most`;
  const others = madeByOthers(snapshot, pf);
  if (others) return `${others.maker.name} creates VFs of ${label}, too (${others.path}: ${others.line})`;
  return enabled ? undefined : `${bootUnit(id)} is not enabled`;
}

const otherCount = ({ name, pci, numVfs }: PhysicalFunction, count: number): string[] =>
  numVfs === count ? [] : [`${name ?? pci} has ${vfsText(numVfs ?? 0)} now, not ${count}`];

/** VFs that a container or a program has may differ. */
function otherSettings(pf: PhysicalFunction, { index, settings }: MadeVf): string[] {
  const vf = pf.vfs[index];
  if (vf?.holder.kind !== 'host') return [];
  return settingKeys.flatMap((key) => {
    const [wanted, now]: unknown[] = [askedOf(vf, settings, key), valueOf(vf, key)];
    return wanted === undefined || now === null || isSame(wanted, now)
      ? []
      : [`the ${setting(key).name} of VF ${index} is different`];
  });
}
