import type { AttachmentRecord } from '../../model/attachment';
import { refuse, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { namespaceOf } from '../namespaceOf';
import { addRouteInside } from '../steps';

/**
 * Plans restoring the default route that an attachment replaced in a container: the VF left it other than by detaching,
 * and took its route along.
 */
export function planRouteBack(snapshot: HostSnapshot, record: AttachmentRecord): Plan | Refusal {
  const container = snapshot.containers.find(({ id }) => id === record.container.id);
  const namespace = container && namespaceOf(container);
  const route = record.before.defaultRoute;
  if (!namespace || !route)
    return refuse('stale', `${record.container.name} has been restarted, so it has its original routes.`);
  return {
    kind: 'restore',
    title: `Restore the default route of ${record.container.name}, which ${record.before.name} had replaced`,
    host: snapshot.host.id,
    notes: [],
    losses: [],
    verb: 'Restore',
    locks: [{ pci: record.pf, mode: 'shared' }],
    namespace,
    preconditions: [
      {
        otherwise: `The network device ${route.device} is no longer in ${record.container.name}.`,
        check: ['in_ns', 'ip', 'link', 'show', 'dev', route.device],
      },
    ],
    steps: [addRouteInside(route, null)],
    promises: [],
  };
}
