import type { HostEvidence, VfHolder } from '../model/evidence';
import type { VirtualFunction } from '../model/functions';
import { allVfs, type HostSnapshot } from '../model/snapshot';
import { isRunning } from '../model/container';

/** The evidence with what only a look into the namespaces tells: where the VFs' network devices are, and who shares the host's. */
export function hostEvidence(snapshot: HostSnapshot, evidence: HostEvidence): HostEvidence {
  const sharing = snapshot.containers.filter(
    (container) => isRunning(container) && container.netnsInode === snapshot.host.netnsInode,
  );
  return {
    ...evidence,
    sysfs: {
      ...evidence.sysfs,
      // Not among the live facts: names of containers are masked in a file that is sent away.
      ...(sharing.length > 0
        ? { 'containers on the host network': sharing.map(({ name }) => name).join(', ') }
        : {}),
    },
    ...(evidence.live ? { live: { ...evidence.live, holders: allVfs(snapshot).map(holderOf) } } : {}),
  };
}

const holderOf = ({ pci, holder }: VirtualFunction): VfHolder => ({
  vf: pci,
  kind: holder.kind === 'netns' && holder.name === null ? 'orphan' : holder.kind,
});
