import * as v from 'valibot';
import type { EngineStatus } from '../model/snapshot';

const containerSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12,64}$/)),
  name: v.string(),
  image: v.optional(v.nullable(v.string()), null),
  state: v.string(),
  pid: v.optional(v.nullable(v.number()), null),
  networkMode: v.optional(v.nullable(v.string()), null),
});
export type EngineContainer = v.InferOutput<typeof containerSchema>;

/** One JSON object a line, as our `inspect --format` makes them. Lines that aren't are dropped. */
export function parseContainers(body: string): EngineContainer[] {
  return body.split('\n').flatMap((line) => {
    const result = v.safeParse(containerSchema, json(line));
    return result.success ? [{ ...result.output, name: result.output.name.replace(/^\//, '') }] : [];
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
