import type { Container } from '../../model/container';
import type { VirtualFunction } from '../../model/functions';
import type { AttachRequest, ChangeRequest, KeepRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { movedDraft, requestFrom } from './attachDraft';

/** Ends attachments that last; these VFs are detached next, which ending them leaves where they are. */
export const endingOf = (ids: string[], detached: readonly string[]): ChangeRequest[] => [
  { kind: 'stop-keeping', ids, ...(detached.length > 0 ? { thenDetach: true } : {}) },
  ...detached.map((vf): ChangeRequest => ({ kind: 'detach', vf, afterKeeping: true })),
];

/** An attachment that is asked for, for whenever the container runs. */
export const keptFrom = (request: AttachRequest): KeepRequest => ({ ...request, kind: 'keep' });

/** A VF that a container has, with all that it has there: with that it is to come back. */
export function keptAsItIs(
  snapshot: HostSnapshot,
  vf: VirtualFunction,
  container: Container,
): KeepRequest | undefined {
  const draft = movedDraft(snapshot, vf);
  const request = requestFrom({ ...draft, moves: undefined, container });
  const record = snapshot.attachments.find((attachment) => attachment.vf === vf.pci)?.record;
  if (!request) return undefined;
  const routes = container.routes.filter(
    ({ device, destination }) => device === vf.name && destination !== 'default',
  );
  return {
    ...keptFrom(request),
    name: draft.name,
    // By DHCP come routes as well.
    ...(routes.length > 0 && !record?.dhcp ? { routes: routes.map(wanted) } : {}),
    ...(record?.changed.trust && vf.trust !== null ? { trust: vf.trust } : {}),
  };
}

const wanted = ({ destination, gateway }: Container['routes'][number]) =>
  gateway === null ? { destination } : { destination, gateway };
