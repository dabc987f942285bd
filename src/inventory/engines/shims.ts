import type { ContainerEngine } from '../../model/engines';
import { processNamespaces } from '../namespaces';
import type { probeSections } from '../printed';
import { answer, type Section } from '../sections';
import { after } from './after';
import type { EngineContainer, Look } from './look';
import shell from './shims.sh';

const prints = { shims: '', 'shim-arguments': '', annotations: '' } as const;

/** Finds running containers by the shims that watch them; one that another engine lists is that one's. */
export const byShims = (engine: ContainerEngine): Look => ({
  shell: [shell],
  prints,
  runs: [['ask_shims']],
  containers: (all, before) =>
    shimContainers(all).filter(({ id }) => before.every((other) => other.id !== id)),
  status: (_, __, own) => (own.length > 0 ? { engine, status: 'ok' } : undefined),
});

/** One per shim, but of a pod whose containers have one each, its sandbox alone: they share its network namespace. */
export function shimContainers(all: readonly Section[]): EngineContainer[] {
  const { body } = answer<typeof prints>(all);
  const argv = linesByFile(body('shim-arguments') ?? '');
  const annotations = linesByFile(body('annotations') ?? '');
  const found = [...(body('shims') ?? '').matchAll(/^(\d+) (.+)$/gm)].flatMap(
    ([, pid, shim]) =>
      shimContainer(
        Number(pid),
        argv.get(`${shim}/cmdline`) ?? [],
        annotations.get(`${shim}/cwd/config.json`) ?? [],
      ) ?? [],
  );
  const look = answer<typeof probeSections>(all);
  const namespaces = processNamespaces(look.body('process-namespaces') ?? '');
  const ours = Number(look.body('netns-self'));
  const modeOf = (pid: number) => (namespaces.get(pid) === ours ? 'host' : null);
  return found
    .filter(
      ({ inPodOf }) => inPodOf === undefined || found.every(({ container }) => container.id !== inPodOf),
    )
    .map(({ container, pid }) => ({ ...container, networkMode: modeOf(pid) }));
}

/** Lines `FILE:TEXT`, as `grep -H` prints them. */
function linesByFile(body: string): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const [, file = '', text = ''] of body.matchAll(/^([^:\n]+):(.*)$/gm))
    files.set(file, [...(files.get(file) ?? []), text]);
  return files;
}

/** From the argv of a shim (`-namespace NS -id ID`) and from annotations (`"KEY":"VALUE"`). */
function shimContainer(pid: number, argv: string[], annotations: string[]) {
  const [namespace, ownId] = [after(argv, '-namespace'), after(argv, '-id')];
  if (pid <= 1 || !identifier.test(namespace) || !identifier.test(ownId)) return undefined;
  const known = new Map(
    annotations.flatMap((one) => {
      const [, key, value] = /^"([^"]+)":"([^"]+)"$/.exec(one) ?? [];
      return key && value ? [[key, value]] : [];
    }),
  );
  const kubernetes = (key: string) => known.get(`io.kubernetes.cri.${key}`);
  // An id that a person chose is one of its namespace only.
  const isRandom = /^[0-9a-f]{64}$/.test(ownId);
  const name = kubernetes('sandbox-name') ?? known.get('nerdctl/name');
  const container: EngineContainer = {
    id: isRandom ? ownId : `${namespace}/${ownId}`,
    name: name ?? `${namespace}/${isRandom ? ownId.slice(0, 12) : ownId}`,
    ...{ image: null, state: 'running', pid, networkMode: null },
  };
  return {
    ...{ container, pid },
    inPodOf: kubernetes('container-type') === 'container' ? kubernetes('sandbox-id') : undefined,
  };
}

/** What containerd takes for a name of its own. */
const identifier = /^[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*$/;
