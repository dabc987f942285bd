import * as v from 'valibot';
import type { ContainerEngine } from '../../model/engines';
import { answer, type Section } from '../sections';
import shell from './byFiles.sh';
import type { EngineContainer } from './look';

const prints = { kept: 'ENGINE', called: 'ENGINE' } as const;

/** What finds containers by the files of their engine, and what it prints. */
export const byFiles = { shell, prints };

/** What an engine's storage library writes about its containers: an array on one line of each file. */
const called = v.array(v.object({ id: v.string(), names: v.optional(v.nullable(v.array(v.string())), []) }));

/**
 * Containers from the files of their engine: their identity and process. Whether one is paused, its image and
 * whose network it shares aren't there. Undefined if the engine itself was asked.
 */
export function keptContainers(
  all: readonly Section[],
  engine: ContainerEngine,
): EngineContainer[] | undefined {
  const { bodyOf } = answer<typeof prints>(all);
  const kept = bodyOf('kept', engine);
  if (kept === undefined) return undefined;
  const names = namesIn(bodyOf('called', engine) ?? '');
  return [...kept.matchAll(/^([0-9a-f]{64}) (\d*)$/gm)].map(([, id = '', pid = '']) => ({
    ...{ id, name: names.get(id) ?? '', image: null, networkMode: null },
    ...(pid === '' ? { state: 'exited', pid: null } : { state: 'running', pid: Number(pid) }),
  }));
}

function namesIn(body: string): Map<string, string> {
  const files = body.split('\n').map((line) => v.safeParse(called, json(line)));
  const all = files.flatMap((file) => (file.success ? file.output : []));
  return new Map(all.flatMap(({ id, names }) => (names?.[0] === undefined ? [] : [[id, names[0]]])));
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
