import type { Host } from '../host/host';
import { guardSeconds } from '../model/plan';
import { stateFolder } from '../model/stateFolder';
import { quote } from '../model/quote';

/** What the executor prints once everything is done and it waits for a confirmation. */
export const isArmed = (line: string): boolean => /^@ armed \d+$/.test(line);

/** Program text that confirms a waiting change. */
export const keepProgram = (id: string): string =>
  `change=${quote(`${stateFolder}/changes/${id}`)}
if grep -qx armed "$change/progress" 2>/dev/null; then : >"$change/keep"; fi`;

/** Confirms a change once a fresh connection shows that the host can still be reached; tries until the host gives up. */
export async function keepChange(host: Host, id: string): Promise<void> {
  const end = Date.now() + guardSeconds * 1000;
  while (Date.now() < end) {
    const answer = await host.run(keepProgram(id), { fresh: true, timeoutMs: 15_000 }).catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}
