import type { Workbench } from '../workbench';

/**
 * A handler. It gets what the workbench passes: a row and all selected rows, an object of plain ids
 * (`{host, pf, vf, container}`) from tasks and other extensions, or nothing from the palette and from keys.
 */
export type Handler = (workbench: Workbench, item?: unknown, items?: unknown) => Promise<void>;

/**
 * What must exist before the handler runs. `host`: one is chosen. `snapshot`: one was read, even if the host has been lost since.
 * `live`: it can be asked. `terminal`: a person may work on it themselves. `change`: it can be changed.
 */
export type Needs = 'nothing' | 'host' | 'snapshot' | 'live' | 'terminal' | 'change';

export interface Command {
  run: Handler;
  needs: Needs;
}
