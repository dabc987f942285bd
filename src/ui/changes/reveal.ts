import type { Outcome } from '../../model/outcome';
import type { Workbench } from '../workbench';

/** Shows the rows of what was changed. */
export function reveal({ rows }: Workbench, { plan, snapshot }: Extract<Outcome, { status: 'done' }>): void {
  const promise = plan.promises.at(-1);
  if (!promise) return;
  if (promise.kind === 'vf-count' || promise.kind === 'autoprobe')
    return rows.reveal({ kind: 'pf', pci: promise.pf });
  const pci = promise.kind === 'macvlan' ? promise.key.split('.macvlan-')[0] : promise.vf;
  if (pci !== undefined) rows.reveal({ kind: snapshot.pfs.some((pf) => pf.pci === pci) ? 'pf' : 'vf', pci });
}
