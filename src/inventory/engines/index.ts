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

/** The parts of the probe that ask these engines, and their sections. */
export interface Questions {
  /** Shell functions. */
  shell: string;
  /** The calls, which run in parallel with everything else. */
  beside: string;
  prints: Printed;
  /** Whether a section with this heading is an answer of theirs. */
  answeredBy: (heading: string) => boolean;
}

export function questionsTo(names: readonly ContainerEngine[]): Questions {
  const asked = names.map((name) => looks[name]);
  return {
    shell: shellOf(asked),
    beside: besideAll(asked),
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

type Asked = Pick<Look, 'shell' | 'runs'>;
const shellOf = (asked: readonly Asked[]): string =>
  [...new Set(asked.flatMap(({ shell }) => shell))].join('\n');
const besideAll = (asked: readonly Asked[]): string =>
  asked.flatMap(({ runs }) => runs.map((argv) => `| beside ${quoteAll(argv)}`)).join(' ');

export const everyEngine = questionsTo(engines.map(({ name }) => name));

const first = engines.map(({ name }) => looks[name].first);

/** For every engine, no more than a first look before one change needs. `reads`: what runs in sequence. */
export const everyEngineAtFirst: Omit<Questions, 'answeredBy'> & { reads: string } = {
  shell: shellOf(first),
  reads: first
    .filter(({ asks }) => !asks)
    .flatMap(({ runs }) => runs.map(quoteAll))
    .join('\n'),
  beside: besideAll(first.filter(({ asks }) => asks)),
  prints: Object.assign({}, ...first.map(({ prints }) => prints)) as Printed,
};

/** What the probe's sections say about the engines: how each answered, and its containers. */
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
