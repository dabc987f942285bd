import { l10n } from 'vscode';
import type { PendingChange } from '../../model/snapshot';
import { canBeFinished, interruptedBy } from '../tree/interrupted';
import type { Workbench } from '../workbench';
import { offer } from './tell';

/** Reports every change that is found half done once, and offers to finish or undo it. */
export function offerRecovery(workbench: Workbench): { dispose(): void } {
  const { host } = workbench;
  const offered = new Set<string>();
  const look = () => {
    if (host.connection.state !== 'admin' || !workbench.isTrusted()) return;
    for (const change of host.snapshot?.pending ?? []) {
      if (change.running || offered.has(change.id)) continue;
      offered.add(change.id);
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
  offer(workbench, 'warning', interruptedBy(change, change.by ?? l10n.t('an unknown user')), {
    ...(canBeFinished(change) ? { [l10n.t('Finish')]: button('sriov.changes.finish') } : {}),
    [l10n.t('Undo')]: button('sriov.changes.recover'),
  });
}
