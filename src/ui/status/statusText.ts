import type { CurrentHost } from '../hosts/currentHost';
import { clock, hostName } from '../hosts/viewState';
import { label } from '../hostText';
import { facts } from '../tree/facts';

/** The one item of the status bar. */
export interface StatusText {
  text: string;
  spoken: string;
  tooltip: [string, string][];
  isWarning: boolean;
}

/**
 * `lab: 4/14`, VFs over what the adapters offer; undefined until a host has been read. `tries`: how often a lost host has
 * been tried again, the try that is due included. One hiccup raises no alarm.
 */
export function statusText(
  host: Pick<CurrentHost, 'connection' | 'snapshot' | 'id'>,
  tries: number,
): StatusText | undefined {
  const { connection, snapshot, id } = host;
  if (!snapshot || id === undefined) return undefined;
  const vfs = snapshot.pfs.reduce((sum, pf) => sum + pf.vfs.length, 0);
  const total = snapshot.pfs.reduce((sum, pf) => sum + (pf.totalVfs ?? 0), 0);
  const lost = connection.state === 'lost';
  const alarming = lost && tries > 1;
  const interrupted = snapshot.pending.some(({ running, beforeBoot }) => !running && !beforeBoot);
  const name = hostName(id, snapshot);
  const trouble = lost ? 'connection lost' : interrupted ? 'a change was interrupted' : undefined;
  return {
    text: `${alarming || interrupted ? '$(warning)' : '$(circuit-board)'} ${label(name)}${total > 0 ? `: ${vfs}/${total}` : ''}`,
    spoken: `SR-IOV host ${name}, ${vfs} of ${total} virtual functions${trouble ? `, ${trouble}` : ''}`,
    tooltip: facts([
      ['Host', name],
      ['State', trouble],
      ['VFs', `${vfs} of ${total}`],
      ['Access', { admin: 'administrative', limited: 'limited' }[connection.state as string]],
      ['Read at', clock(snapshot.takenAt)],
    ]),
    isWarning: alarming || interrupted,
  };
}
