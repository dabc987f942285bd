import type { Host } from '../host/host';
import { watcherUnit, type Intent, type KeptRun } from '../model/lasting/kept';
import { quote } from '../model/quote';

/** How many lines are read; a container that keeps restarting writes more. */
const most = 300;

/** The last runs of an intent's program, from the host's journal, oldest first. Undefined if only root may read it. */
export async function readKeptRuns(
  host: Host,
  { id, engine }: Pick<Intent, 'id' | 'engine'>,
): Promise<KeptRun[] | undefined> {
  const said = quote(` ${id}: `);
  const { stdout, exitCode } = await host.run(`[ "$(id -u)" = 0 ] || exit 7
journalctl --no-pager --quiet --output=short-iso ${quote(`_SYSTEMD_UNIT=${watcherUnit(engine)}`)} + SYSLOG_IDENTIFIER=sriov-workbench 2>/dev/null |
	grep -F ${said} | tail -n ${most}; :`);
  return exitCode === 7 ? undefined : parseKeptRuns(stdout, id);
}

/** Of `2026-01-02T03:04:05+0000 r740 sh[71]: fw-eth1: VF 0 of enp1s0 is in fw as eth1`, the time and the text. */
export function parseKeptRuns(stdout: string, id: string): KeptRun[] {
  return stdout.split('\n').flatMap((line) => {
    const [, at, said] = /^(\S+) \S+ [^ ]+: (.*)$/.exec(line) ?? [];
    return at !== undefined && said?.startsWith(`${id}: `) ? [{ at, said: said.slice(id.length + 2) }] : [];
  });
}
