import * as v from 'valibot';
import type { EngineStatus } from '../model/snapshot';
import type { probeSections } from './printed';
import { answer, type Section } from './sections';

const containerSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12,64}$/)),
  name: v.string(),
  image: v.optional(v.nullable(v.string()), null),
  state: v.string(),
  pid: v.optional(v.nullable(v.number()), null),
  networkMode: v.optional(v.nullable(v.string()), null),
});
export type EngineContainer = v.InferOutput<typeof containerSchema> & { rootlessOf?: string };

/** One JSON object a line, as our `inspect --format` makes them. Lines that aren't are dropped. */
export function parseContainers(body: string): EngineContainer[] {
  return body.split('\n').flatMap((line) => {
    const result = v.safeParse(containerSchema, json(line));
    return result.success ? [{ ...result.output, name: result.output.name.replace(/^\//, '') }] : [];
  });
}

/**
 * From a section `rootless USER CHILD…`: the words of a rootless container's conmon (`-c ID -n NAME`), whose child the container
 * is. Undefined for a command that runs in a container (`-e`), and for words that no Podman would have written.
 */
function rootlessContainer(whose: string, body: string): EngineContainer | undefined {
  const [user = '', child] = whose.split(' ');
  const words = body.split('\n');
  const after = (option: string) => words[words.indexOf(option) + 1] ?? '';
  const [id, name, pid] = [after('-c'), after('-n'), Number(child)];
  const plausible = /^[0-9a-f]{64}$/.test(id) && /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name) && pid > 1;
  if (!words.includes('-c') || words.includes('-e') || !plausible) return undefined;
  return { id, name, image: null, state: 'running', pid, networkMode: null, rootlessOf: user };
}

/**
 * Those of root's engine, or of this login's own, and the rootless ones of others; whoever is in both is there once. Words can be
 * anything, so a conmon says whose a listed container is only where its child is the very process that was listed.
 */
export function withRootless(listed: EngineContainer[], all: Section[]): EngineContainer[] {
  const rootless = answer<typeof probeSections>(all)
    .each('rootless')
    .flatMap(({ words, body }) => rootlessContainer(words, body) ?? []);
  const marked = listed.map((one) => {
    const rootlessOf = rootless.find(({ id, pid }) => id === one.id && pid === one.pid)?.rootlessOf;
    return rootlessOf === undefined ? one : { ...one, rootlessOf };
  });
  return [...marked, ...rootless.filter(({ id }) => listed.every((one) => one.id !== id))];
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What the engine's client answered: `absent`, `ok`, or `failed` and its message. */
export function engineStatus(engine: 'docker' | 'podman', body: string): EngineStatus {
  const [word = '', ...rest] = body.trim().split(' ');
  const said = rest.join(' ').trim();
  if (word === 'ok') return { engine, status: 'ok' };
  if (word === 'absent') return { engine, status: 'absent', detail: `${engine} is not installed` };
  if (/permission denied/i.test(said)) return { engine, status: 'denied', detail: said };
  if (/Cannot connect|Is the docker daemon running|connection refused|no such file/i.test(said))
    return { engine, status: 'not-running', detail: said };
  return { engine, status: 'error', detail: said };
}

/** What stands in the way of a user whom an engine's socket refuses. */
export interface Refused {
  /** `PATH OWNER GROUP MODE`, as `stat` says it. */
  socket: string;
  /** The groups of this login, and those of the user's next one. */
  groups: string;
  user: string | null;
}

/** The same status, and why the socket refuses: `permission denied` from the engine's client says neither who may nor what to do. */
export function withReason(status: EngineStatus, { socket, groups, user }: Refused): EngineStatus {
  if (status.status !== 'denied') return status;
  const [path, owner, group, mode] = socket.trim().split('\n')[0]?.split(' ') ?? [];
  if (!path || !group) return status;
  const [now = [], next = []] = groups.split('\n').map((line) => line.split(' '));
  const who = user ?? 'this user';
  if (next.includes(group) && !now.includes(group))
    return {
      ...status,
      joinedLate: group,
      detail: `${who} was added to the group ${group} after this login began, so ${path} still refuses`,
    };
  return {
    ...status,
    detail: `${who} may not use ${path} (${owner}:${group}, mode ${mode}): permission denied`,
  };
}
