import type { Container } from '../../model/container';
import { keepingEngines, parseMeant, type KeepingEngine, type Meant } from '../../model/lasting/kept';
import { isRefusal, refuse, type Refusal } from '../../model/plan';
import type { KeepRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { resolveContainer } from '../resolve';
import { isMeant } from './keptFor';

/** Whose VF it is to be. */
export interface Target {
  engine: KeepingEngine;
  meant: Meant;
  /** As it is now; absent where there is none yet. */
  container?: Container;
}

/** A container that exists is kept by its name; one that doesn't yet is taken at its word. */
export function targetOf(
  snapshot: HostSnapshot,
  { container: given, engine: asked }: Pick<KeepRequest, 'container' | 'engine'>,
): Target | Refusal {
  if (asked !== undefined && !isKeeping(asked)) return notKept(asked);
  const found = resolveContainer(snapshot, given, asked);
  if (!isRefusal(found)) {
    if (!isKeeping(found.engine) || found.rootlessOf !== undefined)
      return notKept(found.rootlessOf === undefined ? found.engine : `rootless ${found.engine}`);
    return { engine: found.engine, meant: { name: found.name }, container: found };
  }
  if (found.code === 'ambiguous') return found;
  const meant = parseMeant(given);
  if (typeof meant === 'string') return refuse('invalid', meant);
  const able = keepingEngines.filter((name) =>
    snapshot.engines.some(({ engine, status }) => engine === name && status === 'ok'),
  );
  const engine = asked ?? (able.length === 1 ? able[0] : undefined);
  if (engine === undefined)
    return able.length === 0
      ? refuse(
          'engine-unreachable',
          `Neither Docker nor Podman answers on ${snapshot.host.id}, so it is unknown which one will run "${given}".`,
          { do: 'say-which' },
        )
      : refuse(
          'ambiguous',
          `There is no container "${given}" yet, and both Docker and Podman could run it.`,
          { do: 'say-which' },
        );
  const those = snapshot.containers.filter((one) => isMeant({ engine, container: meant }, one));
  return { engine, meant, container: those.find(({ netnsInode }) => netnsInode !== null) ?? those[0] };
}

const isKeeping = (engine: string): engine is KeepingEngine =>
  (keepingEngines as readonly string[]).includes(engine);

const notKept = (what: string): Refusal =>
  refuse(
    'limit',
    `A VF can be kept for containers of Docker and of root's Podman; ${what} doesn't report when one starts.`,
  );
