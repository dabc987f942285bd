import type { PendingChange } from '../../model/snapshot';
import { canBeFinished, howFar } from '../tree/interrupted';
import type { Workbench } from '../workbench';
import { offer } from './tell';

/** Tells once of every change that is found half done, and offers to finish or to undo it. */
export function offerRecovery(workbench: Workbench): { dispose(): void } {
  const { host } = workbench;
  const told = new Set<string>();
  const look = () => {
    if (host.connection.state !== 'admin' || !workbench.isTrusted()) return;
    for (const change of host.snapshot?.pending ?? []) {
      if (change.running || told.has(change.id)) continue;
      told.add(change.id);
      tellOf(workbench, change);
    }
  };
  return { dispose: host.changed.on(look) };
}

function tellOf(workbench: Workbench, change: PendingChange): void {
  const on = workbench.host.id;
  const button = (command: string) => async () => {
    if (workbench.host.id === on) await workbench.execute(command);
  };
  offer(
    workbench,
    'warning',
    `“${change.title}” was interrupted ${howFar(change)}; it was started by ${change.by ?? 'an unknown user'}.`,
    {
      ...(canBeFinished(change) ? { Finish: button('sriov.changes.finish') } : {}),
      Undo: button('sriov.changes.recover'),
    },
  );
}
