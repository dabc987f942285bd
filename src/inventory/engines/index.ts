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

/** What of the probe asks these engines, and which sections are theirs. */
export interface Questions {
  /** Shell functions. */
  shell: string;
  /** What runs them, beside everything else. */
  beside: string;
  prints: Printed;
  /** Whether a section with this heading is an answer of theirs. */
  answeredBy: (heading: string) => boolean;
}

export function questionsTo(names: readonly ContainerEngine[]): Questions {
  const asked = names.map((name) => looks[name]);
  return {
    shell: [...new Set(asked.flatMap(({ shell }) => shell))].join('\n'),
    beside: asked.flatMap(({ runs }) => runs.map((argv) => `| beside ${quoteAll(argv)}`)).join(' '),
    prints: Object.assign({}, ...asked.map(({ prints }) => prints)) as Printed,
    answeredBy(heading) {
      const [first = '', whose] = heading.split(' ');
      return names.some((name) => {
        const follows = looks[name].prints[first];
        return follows !== undefined && (follows !== 'ENGINE' || whose === name);
      });
    },
  };
}

export const everyEngine = questionsTo(engines.map(({ name }) => name));

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
