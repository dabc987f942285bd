import type { HostSnapshot } from '../../model/snapshot';
import type { Log } from '../workbench';
import type { CurrentHost } from './currentHost';

/** Writes into the log what changes about the connection, and about what of the host can't be read. */
export function logTransitions(host: CurrentHost, log: Log): { dispose(): void } {
  let connection = '';
  let unread = '';
  const dispose = host.changed.on(() => {
    const now = connectionLine(host);
    if (now !== connection) log[host.connection.state === 'lost' ? 'warn' : 'info'](now);
    connection = now;
    const missing = host.snapshot ? unreadLines(host.snapshot) : '';
    if (missing !== unread && missing !== '') log.info(missing);
    unread = missing;
  });
  return { dispose };
}

function connectionLine({ connection, id }: CurrentHost): string {
  const line = `${id ?? 'no host'}: ${connection.state}`;
  if (connection.state === 'lost')
    return [`${line}: ${connection.reason}`, connection.detail].join('\n').trim();
  return connection.state === 'unsupported' ? `${line}: ${connection.reason}` : line;
}

/** One line a thing. Engines that aren't installed are no problem, but they belong to what was tried. */
const unreadLines = ({ host, engines, problems }: HostSnapshot): string =>
  [
    ...engines.map((one) => `${one.engine}: ${one.status === 'ok' ? 'ok' : `${one.status}, ${one.detail}`}`),
    ...problems.map(({ what, why, needs }) => `unknown: ${what}: ${why}; requires ${needs}`),
  ]
    .map((line) => `${host.id}: ${line}`)
    .join('\n');
