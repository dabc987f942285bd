import type { Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import { meantText, type Intent, type Kept, type Meant } from '../../model/lasting/kept';
import { refuse, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { vfLabel } from '../resolve';

export const keptOf = ({ kept }: Pick<HostSnapshot, 'kept'>, pci: string): Kept | undefined =>
  kept.find(({ intent }) => intent.vf === pci);

/** Whether an intent means this container. Of labels only those of compose are read. */
export function isMeant(
  { engine, container: meant }: Pick<Intent, 'engine' | 'container'>,
  container: Container,
): boolean {
  if (container.engine !== engine || container.rootlessOf !== undefined) return false;
  return 'name' in meant ? container.name === meant.name : isOfService(meant.labels, container);
}

const isOfService = (
  labels: Extract<Meant, { labels: object }>['labels'],
  { composeProject, composeService }: Container,
): boolean =>
  labels['com.docker.compose.project'] === composeProject &&
  labels['com.docker.compose.service'] === composeService &&
  composeService !== undefined;

/** A VF that is kept for a container isn't free for another one, whether the container runs or not. */
export function keptForOthers(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  vf: VirtualFunction,
  container: Container,
): Refusal | undefined {
  const kept = keptOf(snapshot, vf.pci);
  return kept === undefined || isMeant(kept.intent, container) ? undefined : isKept(pf, vf, kept);
}

export const isKept = (pf: PhysicalFunction, vf: VirtualFunction, { intent }: Kept): Refusal =>
  refuse('in-use', `${vfLabel(pf, vf)} is kept for ${meantText(intent.container)} (${intent.engine}).`, {
    do: 'stop-keeping',
    id: intent.id,
  });
