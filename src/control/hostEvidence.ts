import { engineNamed } from '../model/engines';
import type { HostEvidence, LiveFacts, VfHolder } from '../model/evidence';
import type { VirtualFunction } from '../model/functions';
import type { HostSnapshot } from '../model/snapshot';
import { isRunning } from '../model/container';
import { told } from '../model/vfAttributes/table';
import { bringsAlong } from '../planning/attachments/bringsAlong';
import { endsOf, hostUse } from '../planning/hostUse';

/** The evidence plus what only reading the namespaces shows: where the VFs' network devices are, and who shares the host's. */
export function hostEvidence(snapshot: HostSnapshot, evidence: HostEvidence): HostEvidence {
  const sharing = snapshot.containers.filter(
    (container) => isRunning(container) && container.netnsInode === snapshot.host.netnsInode,
  );
  return {
    ...evidence,
    sysfs: {
      ...evidence.sysfs,
      // Not among the live facts: container names are masked in a file to share.
      ...(sharing.length > 0
        ? { 'containers on the host network': sharing.map(({ name }) => name).join(', ') }
        : {}),
    },
    ...(evidence.live
      ? {
          live: {
            ...evidence.live,
            holders: holdersOf(snapshot),
            engines: [...evidence.live.engines, ...onlySeen(snapshot)],
          },
        }
      : {}),
  };
}

/** Engines that can't be asked although their containers are seen. */
const onlySeen = ({ engines }: HostSnapshot): LiveFacts['engines'] =>
  engines.flatMap(({ engine, status }) =>
    engineNamed(engine)?.client ? [] : [{ engine, status, detail: '' }],
  );

const holdersOf = (snapshot: HostSnapshot): VfHolder[] =>
  snapshot.pfs.flatMap((pf) =>
    pf.vfs.map((vf): VfHolder => {
      const { pci, holder } = vf;
      const kind = holder.kind === 'netns' && holder.name === null ? 'orphan' : holder.kind;
      const idle = isIdle(snapshot, vf);
      const settings = idle ? bringsAlong(pf, vf) : [];
      const brings = [
        ...settings.map(({ says }) => says),
        ...(idle && vf.trunk !== undefined ? [told.trunk.says(vf.trunk)] : []),
      ];
      return {
        ...{ vf: pci, kind },
        ...(brings.length === 0 ? {} : { brings, clear: settings.flatMap(({ clear }) => clear) }),
      };
    }),
  );

/** It is on the host and unused: what its PF enforces for it serves nobody. */
const isIdle = (snapshot: HostSnapshot, vf: VirtualFunction): boolean =>
  vf.holder.kind === 'host' && vf.up === false && endsOf(hostUse(snapshot, vf)).length === 0;
