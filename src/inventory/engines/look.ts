import type { Container } from '../../model/container';
import type { Belonging } from '../../model/engines/labels';
import type { EngineStatus } from '../../model/snapshot';
import type { Printed, Section } from '../sections';

/** A container as an engine knows it, without what its network namespace holds. */
export type EngineContainer = Pick<
  Container,
  'id' | 'name' | 'image' | 'state' | 'pid' | 'networkMode' | 'rootlessOf' | keyof Belonging
>;

/** Who asks. */
export interface Asking {
  user: string | null;
  /** The groups of this login, and those of the user's next one. */
  groups: string;
}

/** How the containers of an engine are read. */
export interface Look {
  /** Shell functions for the probe. */
  shell: readonly string[];
  /** The sections that they print. */
  prints: Printed;
  /** Those that the probe runs, in parallel with everything else, each with its arguments. */
  runs: readonly (readonly string[])[];
  /** The same before one change, if it is enough to know which containers exist and where. `asks`: worth running in parallel with everything else. */
  first: Pick<Look, 'shell' | 'prints' | 'runs'> & { asks: boolean };
  /** From the sections of the whole probe. `before`: the containers of the engines earlier in the table. */
  containers: (all: readonly Section[], before: readonly EngineContainer[]) => EngineContainer[];
  /** Undefined if there is nothing to say about the engine. */
  status: (
    all: readonly Section[],
    asking: Asking,
    own: readonly EngineContainer[],
  ) => EngineStatus | undefined;
}
