import { l10n } from 'vscode';
import type { CurrentHost, HostState } from '../hosts/currentHost';
import { deadEnds, type Remedy } from '../hosts/deadEnds';
import { clock, hostName } from '../hosts/viewState';
import type { Updates } from '../hosts/watching';
import { label, oneLine } from '../hostText';
import { facts } from '../tree/facts';

/** The one item of the status bar. */
export interface StatusText {
  text: string;
  spoken: string;
  tooltip: [string, string][];
  links: Remedy[];
  isWarning: boolean;
}

/**
 * `lab: 4/14`, VFs over what the adapters offer; undefined until a host has been read. `tries`: how often a lost host has
 * been tried again, the try that is due included. One hiccup raises no alarm.
 */
export function statusText(
  host: Pick<CurrentHost, 'connection' | 'snapshot' | 'id'>,
  tries: number,
  updates: Updates,
): StatusText | undefined {
  const { connection, snapshot, id } = host;
  if (!snapshot || id === undefined) return undefined;
  const vfs = snapshot.pfs.reduce((sum, pf) => sum + pf.vfs.length, 0);
  const total = snapshot.pfs.reduce((sum, pf) => sum + (pf.totalVfs ?? 0), 0);
  const lost = connection.state === 'lost';
  const alarming = lost && tries > 1;
  const interrupted = snapshot.pending.some(({ running, beforeBoot }) => !running && !beforeBoot);
  const name = hostName(id, snapshot);
  const trouble = lost
    ? l10n.t('connection lost')
    : interrupted
      ? l10n.t('a change was interrupted')
      : undefined;
  return {
    text: `${alarming || interrupted ? '$(warning)' : '$(circuit-board)'} ${label(name)}${total > 0 ? `: ${vfs}/${total}` : ''}`,
    spoken: [l10n.t('SR-IOV host {0}, {1} of {2} virtual functions', name, vfs, total), trouble]
      .filter(Boolean)
      .join(', '),
    tooltip: facts([
      [l10n.t('Host'), name],
      [l10n.t('State'), trouble],
      [
        l10n.t('VFs'),
        l10n.t({
          message: '{0} of {1}',
          args: [vfs, total],
          comment: ['VFs that there are, of those that the adapters offer'],
        }),
      ],
      [
        l10n.t('Access'),
        { admin: l10n.t('administrative'), limited: l10n.t('limited') }[connection.state as string],
      ],
      [l10n.t('Read at'), clock(snapshot.takenAt)],
      [l10n.t('Updates'), lost ? undefined : updatesText(updates)],
    ]),
    links: linksOf(connection.state),
    isWarning: alarming || interrupted,
  };
}

const refresh = { title: l10n.t('Refresh'), command: 'sriov.host.refresh' };
const history = { title: l10n.t('Show Change History'), command: 'sriov.changes.showHistory' };
const log = { title: l10n.t('Show Log'), command: 'sriov.log.show' };

/** What is done most; a click on the item offers all. */
function linksOf(state: HostState['state']): Remedy[] {
  if (state === 'lost') return [deadEnds.lost[0], log];
  return [...(state === 'limited' ? [deadEnds.denied[0]] : []), refresh, history, log];
}

/** How the display keeps up with the host. */
function updatesText(updates: Updates): string {
  switch (updates.by) {
    case 'events':
      return l10n.t('Live');
    case 'reads':
      return l10n.t('Read every {0} s: {1}', updates.every, oneLine(updates.why));
    case 'nothing':
      return l10n.t('Paused until an SR-IOV view is visible and the window has focus');
    case 'hand':
      return l10n.t('Only when you refresh');
  }
}
