import { isRunning, type Container } from '../../model/container';
import { engines } from '../../model/engines';
import type { ChangeRequest } from '../../model/request';
import type { HostSnapshot } from '../../model/snapshot';
import { keptContainers } from '../engines/kept';
import { isAnyAstray, type Look } from '../readSnapshot';

/** Whether a first look before a change can do: undoing, fixes and what lasts take more, what is forced is rare, and removing VFs asks a question. */
export function isWorthAFirstLook(request: ChangeRequest): boolean {
  if (request.forceInterface !== undefined || ('lasting' in request && request.lasting)) return false;
  switch (request.kind) {
    case 'undo':
    case 'fix':
    case 'undo-fix':
    case 'keep':
    case 'stop-keeping':
    case 'apply':
      return false;
    case 'set-vfs':
      return request.count > 0;
    default:
      return true;
  }
}

/**
 * Whether nothing that a first look left out can make another plan of the request: every function and every running container was found, every engine answered,
 * and what is not known of containers that were only found by their files doesn't matter.
 */
export function isEnough({ sections, snapshot }: Look, request: ChangeRequest): boolean {
  const { host, engines: answers, containers } = snapshot;
  return (
    host.os.system === 'Linux' &&
    host.user.isRoot &&
    answers.every(({ status }) => status === 'ok' || status === 'absent') &&
    !isAnyAstray(snapshot) &&
    containers.every((one) => !isRunning(one) || one.netnsInode !== null) &&
    namedOnly(sections, containers).every((one) => !matters(one, snapshot, request))
  );
}

/** Those of which only files were read. */
function namedOnly(sections: Look['sections'], containers: readonly Container[]): Container[] {
  const ids = new Set(
    engines.flatMap(({ name }) => (keptContainers(sections, name) ?? []).map(({ id }) => id)),
  );
  return containers.filter(({ id }) => ids.has(id));
}

/** It has no name, may be the one that is meant, or shares a network namespace. */
const matters = (one: Container, { containers }: HostSnapshot, request: ChangeRequest): boolean =>
  one.name === '' ||
  ('container' in request && request.container !== undefined && isMeant(one, request.container)) ||
  (one.netnsInode !== null &&
    containers.some((other) => other.id !== one.id && other.netnsInode === one.netnsInode));

const isMeant = ({ id, name }: Container, given: string): boolean => name === given || id.startsWith(given);
