import type { ContainerEngine } from '../../model/engines';
import { engines } from '../../model/engines';
import { docker } from '../../model/engines/docker';
import { podman } from '../../model/engines/podman';
import { quoteAll } from '../../model/quote';
import type { EngineStatus } from '../../model/snapshot';
import type { Printed, Section } from '../sections';
import { byClient } from './client';
import type { Asking, EngineContainer, Look } from './look';
import { andRootless } from './rootless';
import { byShims } from './shims';

/** How each engine is read. */
const looks: Record<ContainerEngine, Look> = {
  docker: byClient(docker),
  podman: andRootless(byClient(podman)),
  containerd: byShims('containerd'),
};

const all = engines.map(({ name }) => looks[name]);

/** The sections of all engines. */
export const engineSections: Printed = Object.assign({}, ...all.map(({ prints }) => prints)) as Printed;
/** The shell that prints them, for the probe. */
export const engineShell = [...new Set(all.flatMap(({ shell }) => shell))].join('\n');
/** What of that the probe runs. */
export const besideEngines = all
  .flatMap(({ runs }) => runs.map((argv) => `| beside ${quoteAll(argv)}`))
  .join(' ');

/** What the sections of the probe say of the engines: how each answered, and its containers. */
export function readEngines(
  sections: readonly Section[],
  asking: Asking,
): { engines: EngineStatus[]; containers: { engine: ContainerEngine; containers: EngineContainer[] }[] } {
  const read = engines.reduce<{ engine: ContainerEngine; containers: EngineContainer[] }[]>(
    (before, { name }) => [
      ...before,
      {
        engine: name,
        containers: looks[name].containers(
          sections,
          before.flatMap(({ containers }) => containers),
        ),
      },
    ],
    [],
  );
  return {
    engines: read.flatMap(
      ({ engine, containers }) => looks[engine].status(sections, asking, containers) ?? [],
    ),
    containers: read,
  };
}
