import { supportFiles } from '../../control/whenNeeded';
import { reportJson } from '../readiness/report';
import { hostReport } from '../readiness/showReport';
import type { Workbench } from '../workbench';

/** What somebody needs who is to find out what went wrong, without what identifies machines and people. There is no password in any of it. */
export async function bundle(workbench: Workbench) {
  const { host, hosts, log, settings, around } = workbench;
  const { versions, hostname, user } = around();
  const report = hostReport(workbench);
  const been = (await hosts.known()).filter(({ source, since }) => source === 'saved' || since !== undefined);
  const destinations = [...been.map(({ id }) => id), ...(host.id === undefined ? [] : [host.id])];
  return supportFiles(
    {
      versions,
      settings: settings(),
      connection: { host: host.id ?? null, ...host.connection },
      snapshot: host.snapshot ?? null,
      readiness: report === undefined ? null : (JSON.parse(reportJson(report)) as unknown),
      log: log
        .lines()
        .map((line) => `${line}\n`)
        .join(''),
    },
    host.snapshot,
    { destinations, hosts: [hostname], users: [user] },
  );
}
