import type { HostSnapshot } from '../../model/snapshot';
import type { Log } from '../workbench';
import type { CurrentHost } from './currentHost';
import type { Updates } from './watching';
import type { WatchingShown } from './watchingShown';

/** Writes into the log what changes about the connection, about what of the host can't be read, and about how its changes are seen. */
export function logTransitions(
  host: CurrentHost,
  watching: Pick<WatchingShown, 'changed' | 'updates'>,
  log: Log,
): { dispose(): void } {
  let connection = '';
  let unread = '';
  let updates = '';
  const update = () => {
    const now = updatesLine(host, watching.updates);
    if (now !== updates && now !== '') log.info(now);
    updates = now;
  };
  const look = () => {
    const now = connectionLine(host);
    if (now !== connection) log[host.connection.state === 'lost' ? 'warn' : 'info'](now);
    connection = now;
    const missing = host.snapshot ? unreadLines(host.snapshot) : '';
    if (missing !== unread && missing !== '') log.info(missing);
    unread = missing;
    update();
  };
  const stops = [host.changed.on(look), watching.changed.on(update)];
  return { dispose: () => stops.forEach((stop) => stop()) };
}

function updatesLine({ id, snapshot }: CurrentHost, updates: Updates): string {
  if (!snapshot) return '';
  switch (updates.by) {
    case 'events':
      return `${id}: changes are heard`;
    case 'reads':
      return `${id}: read every ${updates.every} s, since ${updates.why}`;
    case 'nothing':
      return `${id}: neither read nor listened to; nobody is watching`;
    case 'hand':
      return `${id}: read by hand only`;
  }
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
