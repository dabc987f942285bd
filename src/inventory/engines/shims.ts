import { engines, type ContainerEngine } from '../../model/engines';
import { processNamespaces } from '../namespaces';
import type { probeSections } from '../printed';
import { answer, type Section } from '../sections';
import { after } from './after';
import { hasAnswered } from './client';
import { byFiles } from './kept';
import type { EngineContainer, Look } from './look';
import shell from './shims.sh';

const prints = { shims: '', 'shim-arguments': '', annotations: '' } as const;

/** Finds running containers by the shims that watch them; one that another engine lists is that one's. */
export const byShims = (engine: ContainerEngine): Look => ({
  shell: [shell],
  prints,
  runs: [['ask_shims']],
  first: { shell: [shell, byFiles.shell], prints, runs: [['ask_other_shims']], asks: false },
  containers: (all, before) =>
    shimContainers(all).filter(({ id }) => before.every((other) => other.id !== id)),
  status: (_, __, own) => (own.length > 0 ? { engine, status: 'ok' } : undefined),
});

/** One per shim, but only the sandbox of a pod whose containers have one each: they share its network namespace. */
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
  // If its engine answered, it is listed, or has just been removed.
  const answered = engines.flatMap(({ name, inContainerd }) =>
    inContainerd !== undefined && hasAnswered(all, name) ? [inContainerd] : [],
  );
  const namespaces = processNamespaces(look.body('process-namespaces') ?? '');
  const ours = Number(look.body('netns-self'));
  const modeOf = (pid: number) => (namespaces.get(pid) === ours ? 'host' : null);
  return found
    .filter(({ namespace }) => !answered.includes(namespace))
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
  // An id chosen by a person is unique in its namespace only.
  const isRandom = /^[0-9a-f]{64}$/.test(ownId);
  const name = kubernetes('sandbox-name') ?? known.get('nerdctl/name');
  const container: EngineContainer = {
    id: isRandom ? ownId : `${namespace}/${ownId}`,
    name: name ?? `${namespace}/${isRandom ? ownId.slice(0, 12) : ownId}`,
    ...{ image: null, state: 'running', pid, networkMode: null },
  };
  return {
    ...{ container, pid, namespace },
    inPodOf: kubernetes('container-type') === 'container' ? kubernetes('sandbox-id') : undefined,
  };
}

/** What containerd accepts as a name. */
const identifier = /^[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*$/;
