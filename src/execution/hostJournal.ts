import * as v from 'valibot';
import { stateFolder as base } from '../model/stateFolder';
import { quote } from '../model/quote';
import ownFolder from '../host/ownFolder.sh';
import dhcp from './program/dhcp.sh';
import { isArmed, keepChange } from './guard';
import type { Host } from '../host/host';
import type { JournalEntry } from '../model/journal';
import type { PendingChange } from '../model/snapshot';
import type { PciAddress } from '../model/functions';
import { inStateFolder } from './inStateFolder';

const entrySchema = v.object({
  id: v.string(),
  at: v.string(),
  kind: v.string(),
  title: v.string(),
  by: v.string(),
  outcome: v.optional(v.picklist(['done', 'undone', 'stuck', 'refused']), 'done'),
});

/** A host's list of changes, and the plans that it keeps, each as its text, by the id of the change. */
interface Kept {
  entries: JournalEntry[];
  plans: Map<string, string>;
}

/**
 * The host's list of changes, oldest first; ones still open come last. A damaged line costs that line only. Undefined when
 * only root may read it.
 */
export const readJournal = async (host: Host): Promise<JournalEntry[] | undefined> =>
  (await read(host, ''))?.entries;

/** The same, with the plans that it keeps. */
export const readKept = (host: Host): Promise<Kept | undefined> =>
  read(host, `\necho ---; cat ${base}/finished/*.json 2>/dev/null; :`);

async function read(host: Host, more: string): Promise<Kept | undefined> {
  const program = `${ownFolder}
if [ -d ${base} ] && ! [ -x ${base} ]; then exit 7; fi
folder_is_ours ${base} >/dev/null || { echo ---; exit; }
cat ${base}/journal.jsonl 2>/dev/null; echo ---; cat ${base}/changes/*/meta.json 2>/dev/null; :${more}`;
  const { stdout, exitCode } = await host.run(program);
  if (exitCode === 7) return undefined;
  const [ended = '', open = '', finished = ''] = stdout.split(/^---$/m);
  const entries = parseEntries(ended);
  const stuck = new Set(entries.map((entry) => entry.id));
  const pending = parseEntries(open)
    .filter((entry) => !stuck.has(entry.id))
    .map((entry) => ({ ...entry, outcome: 'pending' as const }));
  return { entries: [...entries, ...pending], plans: keptPlans(finished) };
}

/** Each file is a line about the change and one with its plan. */
function keptPlans(text: string): Map<string, string> {
  const lines = text.split('\n');
  return new Map(
    lines.flatMap((line, index) => parseEntries(line).map(({ id }) => [id, lines[index + 1] ?? ''] as const)),
  );
}

export function parseEntries(text: string): JournalEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const result = v.safeParse(entrySchema, JSON.parse(line));
      return result.success ? [result.output] : [];
    } catch {
      return [];
    }
  });
}

/** How ending an interrupted change went: `done`, `undone`, `stuck`, `running`, `refused` or `unsafe`, and why. */
export interface Recovered {
  ended: string;
  why: string;
}

/**
 * Has the host finish or undo an interrupted change, using the program that the change left there. A program of an
 * earlier version has its locks where any user could have put a link.
 */
export async function recoverChange(
  host: Host,
  change: PendingChange,
  how: 'finish' | 'undo',
): Promise<Recovered> {
  const directory = quote(`${base}/changes/${change.id}`);
  const { stdout } = await host.run(
    `${inStateFolder}
flock -ns ${directory}/alive true || { echo '@ outcome running'; exit; }
why=$(own_folder /run/sriov-workbench) && sed -i 's|^locks=/run/lock/|locks=/run/|' ${directory}/plan.sh
if [ -s ${directory}/progress ]; then exec sh ${directory}/plan.sh ${how === 'finish' ? 'finish' : 'recover'}; fi
rm -rf ${directory} # it was killed before its first step
echo '@ outcome undone'`,
    { timeoutMs: 300_000, onLine: (line) => void (isArmed(line) && keepChange(host, change.id)) },
  );
  const said = stdout.split('\n').flatMap((line) => (line.startsWith('| ') ? [line.slice(2)] : []));
  return {
    ended: /^@ outcome (\w+)$/m.exec(stdout)?.[1] ?? 'unknown',
    why: said.at(-1) ?? '',
  };
}

/** Removes void records, and stops renewing leases for them. */
export async function dropStaleRecords(host: Host, vfs: PciAddress[]): Promise<void> {
  const drop = vfs.map(
    (vf) =>
      `rm -f ${['json', 'device'].map((end) => quote(`${base}/attachments/${vf}.${end}`)).join(' ')}; forget_lease ${quote(vf)}`,
  );
  await host.run([inStateFolder, dhcp, ...drop].join('\n'));
}
