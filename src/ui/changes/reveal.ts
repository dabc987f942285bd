import type { Outcome } from '../../model/outcome';
import type { Workbench } from '../workbench';

/** Shows the rows of what was changed. */
export function reveal({ rows }: Workbench, { plan, snapshot }: Extract<Outcome, { status: 'done' }>): void {
  if (plan.keeps) return rows.reveal({ kind: 'vf', pci: plan.keeps.intent.vf });
  const promise = plan.promises.at(-1);
  if (!promise || promise.kind === 'kept' || promise.kind === 'huge-pages') return;
  if (promise.kind === 'vf-count' || promise.kind === 'autoprobe')
    return rows.reveal({ kind: 'pf', pci: promise.pf });
  const pci = promise.kind === 'macvlan' ? promise.key.split('.macvlan-')[0] : promise.vf;
  if (pci !== undefined) rows.reveal({ kind: snapshot.pfs.some((pf) => pf.pci === pci) ? 'pf' : 'vf', pci });
}
