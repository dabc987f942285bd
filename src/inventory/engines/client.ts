import * as v from 'valibot';
import { belongingOf, labelNames, mostOfLabel } from '../../model/engines/labels';
import type { ContainerEngine } from '../../model/engines';
import { anyOf, engineNamed } from '../../model/engines';
import type { Client } from '../../model/engines/engine';
import type { EngineStatus } from '../../model/snapshot';
import { answer, type Section } from '../sections';
import shell from './client.sh';
import { byFiles, keptContainers } from './kept';
import type { EngineContainer, Look } from './look';

const prints = {
  engine: 'ENGINE',
  containers: 'ENGINE',
  socket: 'ENGINE',
  listed: 'ENGINE',
  processes: 'ENGINE',
} as const;

/** Reads an engine through its command, or through its socket if that answers. */
export const byClient = ({ name, client }: { name: ContainerEngine; client: Client }): Look => ({
  shell: [shell],
  prints,
  runs: [asking(client.answers ? 'ask_socket' : client.kept ? 'ask_kept' : 'ask_client', { name, client })],
  first: {
    shell: [shell, byFiles.shell],
    prints: { ...prints, ...byFiles.prints },
    runs: [
      asking(client.answers ? 'list_socket' : client.kept ? 'name_kept' : 'ask_client', { name, client }),
    ],
    asks: !client.kept,
  },
  containers: (all) => {
    const { bodyOf } = answer<typeof prints>(all);
    const listed = bodyOf('listed', name);
    return listed === undefined
      ? (keptContainers(all, name) ?? parseContainers(bodyOf('containers', name) ?? ''))
      : parseListed(listed, bodyOf('processes', name) ?? '');
  },
  status: (all, { user, groups }) => {
    const { bodyOf } = answer<typeof prints>(all);
    const status = engineStatus(name, bodyOf('engine', name) ?? '');
    return withReason(status, { socket: bodyOf('socket', name) ?? '', groups, user });
  },
});

/** Whether it said which containers there are. */
export const hasAnswered = (all: readonly Section[], name: ContainerEngine): boolean =>
  engineStatus(name, answer<typeof prints>(all).bodyOf('engine', name) ?? '').status === 'ok';

const asking = (by: string, { name, client }: { name: ContainerEngine; client: Client }) => [
  ...[by, name, inspected(client)],
  ...client.sockets,
];

/** What `inspect` should print for a container: a Go template of one JSON object. */
const inspected = ({ id }: Client): string => {
  const json = (value: string) => `{{json ${value}}}`;
  const values = [
    ['id', json(`.${id}`)],
    ['name', json('.Name')],
    ['image', json('.Config.Image')],
    ['state', json('.State.Status')],
    ['pid', json('.State.Pid')],
    ['networkMode', json('.HostConfig.NetworkMode')],
    ...labelNames.map((name) => [name, label(name)]),
  ];
  return `{${values.map(([name, value]) => `"${name}":${value}`).join(',')}}`;
};

/** Missing parts are `null`: indexing absent labels is an error, and then Docker's client prints nothing for the container. */
const label = (name: string): string =>
  `{{with .Config.Labels}}{{with index . "${name}"}}{{json (printf "%.${mostOfLabel}s" .)}}{{else}}null{{end}}{{else}}null{{end}}`;

const containerSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12,64}$/)),
  name: v.string(),
  image: v.optional(v.nullable(v.string()), null),
  state: v.string(),
  pid: v.optional(v.nullable(v.number()), null),
  networkMode: v.optional(v.nullable(v.string()), null),
});

/** One JSON object per line, as printed by our `inspect --format`. Other lines are dropped. */
function parseContainers(body: string): EngineContainer[] {
  return body.split('\n').flatMap((line) => {
    const said = json(line);
    const result = v.safeParse(containerSchema, said);
    if (!result.success) return [];
    const name = result.output.name.replace(/^\//, '');
    return [{ ...result.output, name, ...belongingOf(said as Record<string, unknown>) }];
  });
}

/** A container in the answer to `GET /containers/json` of Docker Engine's API. */
const listedSchema = v.object({
  Id: containerSchema.entries.id,
  Names: v.array(v.string()),
  Image: v.string(),
  State: v.string(),
  HostConfig: v.optional(v.object({ NetworkMode: v.optional(v.string()) })),
  Labels: v.optional(v.fallback(v.record(v.string(), v.unknown()), {}), {}),
});

/** What an engine lists, and lines `{"Id":"…"` and `"Pid":…` in turn. One that has ended since has no process. */
function parseListed(listed: string, processes: string): EngineContainer[] {
  const pids = new Map(
    [...processes.matchAll(/^\{"Id":"(\w+)"\n"Pid":(\d+)$/gm)].map(([, id, pid]) => [id, Number(pid)]),
  );
  const all = json(listed);
  return (Array.isArray(all) ? all : []).flatMap((one: unknown) => {
    const result = v.safeParse(listedSchema, one);
    if (!result.success) return [];
    const { Id: id, Names: names, Image: image, State: state, HostConfig: host, Labels } = result.output;
    // The others are what linked containers call it: `/them/alias`.
    const own = names.find((name) => name.lastIndexOf('/') === 0) ?? `/${id.slice(0, 12)}`;
    return [
      {
        id,
        name: own.slice(1),
        image,
        state,
        pid: pids.get(id) ?? null,
        networkMode: host?.NetworkMode ?? null,
        ...belongingOf(Labels),
      },
    ];
  });
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What the engine's client answered: `absent`, `ok`, or `failed` and its message. */
export function engineStatus(engine: ContainerEngine, body: string): EngineStatus {
  const [result = '', ...rest] = body.trim().split(' ');
  const said = rest.join(' ').trim();
  if (result === 'ok') return { engine, status: 'ok' };
  if (result === 'absent') return { engine, status: 'absent', detail: `${engine} is not installed` };
  if (/permission denied/i.test(said)) return { engine, status: 'denied', detail: said };
  const notRunning = [
    'Cannot connect',
    'connection refused',
    'no such file',
    ...(engineNamed(engine)?.client?.notRunning ?? []),
  ];
  if (new RegExp(anyOf(notRunning), 'i').test(said)) return { engine, status: 'not-running', detail: said };
  return { engine, status: 'error', detail: said };
}

/** Why an engine's socket refuses a user. */
export interface Refused {
  /** `PATH OWNER GROUP MODE`, as `stat` says it. */
  socket: string;
  /** The groups of this login, and those of the user's next one. */
  groups: string;
  user: string | null;
}

/** The same status, with the reason why the socket refuses: the client's `permission denied` says neither who may nor what to do. */
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
      detail: `${who} was added to the group ${group} after this login, so ${path} still denies access`,
    };
  return {
    ...status,
    detail: `${who} has no access to ${path} (${owner}:${group}, mode ${mode}): permission denied`,
  };
}
