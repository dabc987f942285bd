import { isRefusal, refuse, type Plan, type Refusal } from '../model/plan';
import type { ChangeRequest } from '../model/request';
import type { HostSnapshot } from '../model/snapshot';
import { planAttach } from './planAttach';
import { planDetach } from './planDetach';
import { planRestore } from './planRestore';
import { planSetVfs } from './planSetVfs';

/** The one plan for what the user asked, or why not. */
export function planChange(snapshot: HostSnapshot, request: ChangeRequest): Plan | Refusal {
  const interrupted = snapshot.pending.find((change) => !change.running && !change.beforeBoot);
  if (interrupted)
    return refuse(
      'pending-change',
      `A change on ${snapshot.host.id} was interrupted (${interrupted.title}); "sriov recover" undoes what it left. Then try again.`,
    );
  switch (request.kind) {
    case 'set-vfs':
      return planSetVfs(snapshot, request);
    case 'attach':
      return planAttach(snapshot, request);
    case 'detach':
      return planDetach(snapshot, request);
  }
}

/** Plans for every VF that came back and isn't as it was. One that can't be restored is left out. */
export const planRestores = (snapshot: HostSnapshot): Plan[] =>
  snapshot.attachments
    .filter((attachment) => attachment.status === 'returned-not-restored')
    .map(({ record }) => planRestore(snapshot, record))
    .filter((plan): plan is Plan => !isRefusal(plan));
