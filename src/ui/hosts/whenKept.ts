import type { Workbench } from '../workbench';
import type { tellKeptFailures } from './keptFailures';

/** What tells of failures is loaded with the first host on which something is kept attached. */
export function whenKept(...given: Parameters<typeof tellKeptFailures>): ReturnType<typeof tellKeptFailures> {
  const [{ host, log }]: [Workbench, ...unknown[]] = given;
  let telling: ReturnType<typeof tellKeptFailures> | undefined;
  const stop = host.changed.on(() => {
    if (!host.all.some(({ snapshot }) => snapshot && snapshot.kept.length > 0)) return;
    stop();
    import('../later')
      .then((part) => (telling = part.tellKeptFailures(...given)))
      .catch((error: unknown) => log.error(String(error)));
  });
  return {
    dispose() {
      stop();
      telling?.dispose();
    },
  };
}
