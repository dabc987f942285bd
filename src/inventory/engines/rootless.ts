import { answer, type Section } from '../sections';
import { after } from './after';
import type { EngineContainer, Look } from './look';
import shell from './rootless.sh';

const prints = { rootless: 'USER CHILD…' } as const;

/** The same way to look, and the containers that users run without root, each below a conmon. */
export const andRootless = (look: Look): Look => ({
  ...look,
  shell: [...look.shell, shell],
  prints: { ...look.prints, ...prints },
  runs: [...look.runs, ['ask_rootless']],
  first: {
    shell: [...look.first.shell, shell],
    prints: { ...look.first.prints, ...prints },
    runs: [...look.first.runs, ['ask_rootless']],
    asks: look.first.asks,
  },
  containers: (all, before) => withRootless(look.containers(all, before), all),
});

/**
 * From a section `rootless USER CHILD…`: the argv of a rootless container's conmon (`-c ID -n NAME`), whose child the container
 * is. Undefined for a command that runs in a container (`-e`), and for an argv that no Podman would have written.
 */
function rootlessContainer(whose: string, body: string): EngineContainer | undefined {
  const [user = '', child] = whose.split(' ');
  const argv = body.split('\n');
  const [id, name, pid] = [after(argv, '-c'), after(argv, '-n'), Number(child)];
  const plausible = /^[0-9a-f]{64}$/.test(id) && /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name) && pid > 1;
  if (argv.includes('-e') || !plausible) return undefined;
  return { id, name, image: null, state: 'running', pid, networkMode: null, rootlessOf: user };
}

/**
 * Those of root's engine, or of this login's own, and the rootless ones of others, without duplicates. An argv can be
 * anything, so a conmon only tells the owner of a listed container if its child is the very process that was listed.
 */
export function withRootless(listed: EngineContainer[], all: readonly Section[]): EngineContainer[] {
  const rootless = answer<typeof prints>(all)
    .each('rootless')
    .flatMap(({ args, body }) => rootlessContainer(args, body) ?? []);
  const marked = listed.map((one) => {
    const rootlessOf = rootless.find(({ id, pid }) => id === one.id && pid === one.pid)?.rootlessOf;
    return rootlessOf === undefined ? one : { ...one, rootlessOf };
  });
  return [...marked, ...rootless.filter(({ id }) => listed.every((one) => one.id !== id))];
}
