import type { Host } from '../host/host';
import { quote } from '../model/quote';

/** How long a change of a protected interface lasts when nobody can be reached any more. */
export const guardSeconds = 60;

/** What the executor says once all is done and it waits for somebody to keep it. */
export const isArmed = (line: string): boolean => /^@ armed \d+$/.test(line);

/** For a program: keeps a change that waits for it. */
export const keepProgram = (id: string): string =>
  `change=${quote(`/var/lib/sriov-workbench/changes/${id}`)}
if grep -qx armed "$change/progress" 2>/dev/null; then : >"$change/keep"; fi`;

/** Keeps a change, once a fresh connection shows that the host can still be reached; tries until the host gives up. */
export async function keepChange(host: Host, id: string): Promise<void> {
  const end = Date.now() + guardSeconds * 1000;
  while (Date.now() < end) {
    const answer = await host.run(keepProgram(id), { fresh: true, timeoutMs: 15_000 }).catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}
