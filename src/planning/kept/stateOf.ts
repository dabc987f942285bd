import { isRunning } from '../../model/container';
import {
  cdiDevice,
  deviceFile,
  meantBy,
  meantText,
  programFile,
  watcherUnit,
  type Kept,
} from '../../model/lasting/kept';
import { vfAt, type HostSnapshot } from '../../model/snapshot';
import { isMeant } from './keptFor';

/** How an attachment that lasts stands, and why, where it isn't attached. */
export interface KeptState {
  state: 'attached' | 'waiting' | 'taken' | 'failed';
  why: string;
}

export function stateOf(snapshot: HostSnapshot, kept: Kept): KeptState {
  const { intent, result } = kept;
  const wrong = problemOf(snapshot, kept);
  const at = vfAt(snapshot, intent.vf);
  const those = snapshot.containers.filter((container) => isMeant(intent, container));
  const { holder } = at?.vf ?? {};
  // Which containers have a label that isn't compose's only the last run knows.
  const isOurs =
    those.some(({ id }) => id === holder?.containerId) ||
    (meantBy(intent.container) === 'label' && result?.state === 'attached');
  if (holder?.kind === 'container' && isOurs) return { state: 'attached', why: wrong ?? '' };
  if (holder && (holder.kind === 'container' || holder.kind === 'netns'))
    return { state: 'taken', why: `taken by ${holder.name ?? `namespace ${holder.netnsInode}`}` };
  if (wrong !== undefined) return { state: 'failed', why: wrong };
  if (result?.state === 'failed') return { state: 'failed', why: result.why };
  if (!those.some(isRunning)) return { state: 'waiting', why: `waiting for ${meantText(intent.container)}` };
  return {
    state: 'failed',
    why: `${meantText(intent.container)} runs without it${withoutIt(kept)}`,
  };
}

const withoutIt = ({ intent, watched }: Kept): string => {
  if (intent.trigger === 'cdi') return `: it was created without the device ${cdiDevice(intent.id)}`;
  return watched === null ? '; root can see more' : '';
};

/** Why it would not work now; undefined where it would, as far as can be seen. */
export function problemOf(
  snapshot: HostSnapshot,
  { intent, watched, programGone }: Kept,
): string | undefined {
  const { engine, pf: pci, pfMac, index } = intent;
  const pf = snapshot.pfs.find((other) => other.pci === pci);
  const vf = vfAt(snapshot, intent.vf)?.vf;
  const status = snapshot.engines.find((one) => one.engine === engine);
  const label = pf?.name ?? pci;
  if (!pf) return `there is no adapter ${pci}`;
  if (pfMac !== null && pf.mac !== null && pf.mac !== pfMac)
    return `another adapter may be at ${pci}: ${label} has the MAC ${pf.mac}, not ${pfMac}`;
  if (!vf) return `VF ${index} of ${label} does not exist: it has ${pf.numVfs ?? 'an unknown number of'} VFs`;
  if (vf.holder.kind === 'vfio') return `VF ${index} of ${label} is bound to ${vf.driver}`;
  if (vf.driver === null) return `no driver is bound to VF ${index} of ${label}`;
  if (programGone) return `${programFile(intent.id)} is not there`;
  if (watched === false)
    return intent.trigger === 'cdi'
      ? `${deviceFile(intent.id)} is not there`
      : `${watcherUnit(engine)} does not run`;
  if (status && status.status !== 'ok') return `${engine}: ${status.detail}`;
  return undefined;
}
