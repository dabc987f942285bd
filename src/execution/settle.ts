import type { Host, HostError } from '../host/host';
import { stateFolder } from '../model/stateFolder';
import { quote } from '../model/quote';
import { keepProgram } from './guard';
import { parseEntries } from './hostJournal';

/**
 * After the connection broke in the middle of a change: reconnects and asks the host how it ended. Resolves with what
 * the executor would have said last, or with nothing when it was killed. Rejects with the HostError while the host can't
 * be reached, or still runs it after all retries (15 s, plus the time that a guarded change waits to be confirmed).
 * Coming back confirms such a change.
 */
export async function settle(
  host: Host,
  id: string,
  broken: HostError,
  guardSeconds: number,
): Promise<string> {
  const asking = guardSeconds > 0 ? `${keepProgram(id)}\n${question(id)}` : question(id);
  const fresh = guardSeconds > 0;
  for (let tries = 0; tries < 15 + guardSeconds; tries++) {
    const answer = await host.run(asking, { timeoutMs: 10_000, fresh }).catch(() => undefined);
    if (answer && !answer.stdout.includes('@ running')) return ending(answer.stdout, id);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw broken;
}

/** A change that has a folder but no executor was killed; one without a folder is in the journal, or never began. */
const question = (id: string): string => `base=${stateFolder}
change=$base/changes/${quote(id)}
if [ -d "$change" ]; then
	if flock -ns "$change/alive" true; then echo '@ killed'; else echo '@ running'; fi
	exit
fi
grep -F ${quote(`"id":"${id}"`)} "$base/journal.jsonl"; :`;

function ending(answer: string, id: string): string {
  if (answer.includes('@ killed')) return '';
  const entry = parseEntries(answer).findLast((other) => other.id === id);
  return `@ outcome ${entry?.outcome ?? 'refused'}`;
}
