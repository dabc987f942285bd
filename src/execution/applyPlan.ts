import { randomBytes } from 'node:crypto';
import { HostError, type Host } from '../host/host';
import { stateFolder } from '../model/stateFolder';
import { quote } from '../model/quote';
import type { Heard, Progress } from '../model/outcome';
import type { Plan } from '../model/plan';
import { announcing } from './announce';
import { readReport, type Report } from './report';
import { renderProgramThen } from './render';
import { isArmed, keepChange } from './guard';
import { settle } from './settle';

/** Sortable and unique. */
export const newChangeId = (): string =>
  `${new Date().toISOString().replace(/[-:]|\..*$/g, '')}-${randomBytes(4).toString('hex')}`;

interface Hooks {
  onProgress?: (progress: Progress) => void;
  onHeard?: (heard: Heard) => void;
  signal?: AbortSignal;
  /** Asks a person whether they are still connected, where no fresh connection could tell. */
  stillThere?: () => Promise<boolean>;
  /** What the host runs when everything is done; `take` is given the whole output, and returns the rest: what the plan's program printed. */
  then?: { program: string; take: (stdout: string) => string };
}

/**
 * Has the host execute a plan. An abort is passed on to the host, which stops at the next step and undoes; what comes
 * back is always what the host says it did, even if the connection broke and was reestablished. Rejects with
 * HostError if it couldn't be: then the host's journal says.
 */
export async function applyPlan(host: Host, plan: Plan, hooks: Hooks = {}): Promise<Report> {
  const { onHeard, signal, stillThere, then = { program: '', take: (stdout) => stdout } } = hooks;
  signal?.throwIfAborted();
  const id = newChangeId();
  const announce = announcing(plan, hooks);
  onHeard?.({ kind: 'plan', id, plan });
  const cancel = () => void host.run(cancelProgram(id)).catch(() => {});
  const keep = async () => {
    const there = (await stillThere?.()) ?? true;
    if (there) await keepChange(host, id);
    else cancel();
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const seconds = plan.steps.reduce((sum, step) => sum + step.timeout * 2, 60 + (plan.guardSeconds ?? 0));
    const stdout = await host
      .run(renderProgramThen(plan, id, then.program), {
        timeoutMs: seconds * 1000,
        onLine: (line) => {
          announce(line);
          if (isArmed(line)) void keep();
        },
      })
      .then(
        (result) => then.take(result.stdout),
        (error: unknown) => {
          if (error instanceof HostError && error.phase === 'lost')
            return settle(host, id, error, plan.guardSeconds ?? 0);
          throw error;
        },
      );
    return readReport(plan, stdout);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** The executor may not have started yet when it is cancelled. */
const cancelProgram = (id: string): string => `change=${quote(`${stateFolder}/changes/${id}`)}
for try in 1 2 3 4 5 6 7 8 9 10; do
	[ -d "$change" ] && : >"$change/cancel" && exit
	sleep 0.3
done`;
