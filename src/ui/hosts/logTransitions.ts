import type { CurrentHost } from './currentHost';
import type { Log } from '../workbench';

/** Writes each change of the connection into the log, with the reason where there is one. */
export function logTransitions(host: CurrentHost, log: Log): { dispose(): void } {
  let before = '';
  const dispose = host.changed.on(() => {
    const { connection, id } = host;
    const now = `${id ?? 'no host'}: ${connection.state}`;
    if (now === before) return;
    before = now;
    if (connection.state === 'lost') log.warn(`${now}: ${connection.reason}\n${connection.detail}`);
    else if (connection.state === 'unsupported') log.warn(`${now}: ${connection.reason}`);
    else log.info(now);
  });
  return { dispose };
}
