import type { HostSnapshot } from '../../model/snapshot';
import { allFunctions } from '../../model/snapshot';
import { containerRowId } from './containerRow';
import type { Subject } from './row';

/** What a row stands for that is in no view now, since a filter leaves it out: it is named by its id all the same. */
export function subjectOf(
  hosts: readonly { snapshot: HostSnapshot | undefined }[],
  rowId: string,
): Subject | undefined {
  for (const { snapshot } of hosts) {
    if (!snapshot || !rowId.startsWith(`${snapshot.host.id}/`)) continue;
    const [, kind, pci] = /^(pf|vf)\/([^/]+)$/.exec(rowId.slice(snapshot.host.id.length + 1)) ?? [];
    if ((kind === 'pf' || kind === 'vf') && allFunctions(snapshot).some((one) => one.pci === pci))
      return { kind, pci: pci ?? '' };
    const kept = snapshot.kept.find(({ intent }) => rowId.endsWith(`/kept/${intent.id}`));
    if (kept) return { kind: 'kept', ids: [kept.intent.id] };
    for (const container of snapshot.containers) {
      const own = containerRowId(snapshot, container);
      if (rowId === own) return { kind: 'container', id: container.id, engine: container.engine };
      const held = container.interfaces.find(({ vf }) => vf !== null && rowId === `${own}/${vf}`);
      if (held) return { kind: 'attachment', vf: held.vf ?? '', container: container.id };
    }
  }
  return undefined;
}
